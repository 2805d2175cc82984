import { setTimeout as delay } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import type { Outcome } from '../../src/evaluation/outcome.ts'
import type { Lane, PlannedCall } from '../../src/evaluation/plan-calls.ts'
import { callKey, type LaneEffects, runLanes } from '../../src/evaluation/run-lanes.ts'

function lane(name: string, model: string, calls: number, concurrency = 2, warmUp?: string): Lane {
  const planned = Array.from({ length: calls }, (_, index) => ({ model, sampleKey: `s${index}`, repeat: 0 }))
  return { name, blocks: [{ calls: planned, concurrency, warmUp }] }
}

function recordingEffects(overrides: Partial<LaneEffects> = {}) {
  const asked: string[] = []
  const saved: string[] = []
  const events: string[] = []
  let inFlight = 0
  const state = { asked, saved, events, mostInFlight: 0 }
  const effects: LaneEffects = {
    async ask(call, signal) {
      events.push(`ask ${call.model} ${call.sampleKey}`)
      asked.push(callKey(call))
      inFlight += 1
      state.mostInFlight = Math.max(state.mostInFlight, inFlight)
      await delay(2, undefined, { signal }).finally(() => {
        inFlight -= 1
      })
      return outcomeOf(call)
    },
    async warmUp(model) {
      events.push(`warm-up ${model}`)
    },
    async save(outcome) {
      saved.push(callKey(outcome))
    },
    keepAsking: () => true,
    onOutcome: () => {},
    ...overrides,
  }
  return { effects, state }
}

function outcomeOf(call: PlannedCall): Outcome {
  const usage = { inputTokens: 1, outputTokens: 1, reasoningTokens: undefined, cachedInputTokens: undefined }
  const asked = { ...call, askedAt: new Date(0), latencyMs: 1, waitedMs: 0, attempts: 1, usage, costUsd: 0 }
  return {
    ...asked,
    rawText: undefined,
    modelVersion: undefined,
    warnings: [],
    status: 'failed',
    failure: { kind: 'timeout', message: 'too slow' },
  }
}

const never = new AbortController().signal

describe('running lanes', () => {
  test('makes every call once and saves its outcome, never more in flight than the lanes allow', async () => {
    const { effects, state } = recordingEffects()
    await runLanes([lane('x', 'a', 20, 2), lane('y', 'b', 20, 3)], new Set(), effects, never)
    expect(new Set(state.saved).size).toBe(40)
    expect(state.saved).toHaveLength(40)
    expect(state.mostInFlight).toBeLessThanOrEqual(5)
    expect(state.mostInFlight).toBeGreaterThan(2)
  })

  test('asks nothing that is done already, and warms no model up that has nothing left to answer', async () => {
    const { effects, state } = recordingEffects()
    const lanes = [lane('x', 'a', 5, 1, 'a'), lane('y', 'b', 2, 1, 'b')]
    const done = new Set(
      ['s0', 's1'].flatMap((sampleKey) => ['a', 'b'].map((model) => callKey({ model, sampleKey, repeat: 0 }))),
    )
    await runLanes(lanes, done, effects, never)
    expect(state.asked).toHaveLength(3)
    expect(state.events).toContain('warm-up a')
    expect(state.events).not.toContain('warm-up b')
    expect(state.events.indexOf('warm-up a')).toBeLessThan(state.events.indexOf('ask a s2'))
  })

  test('stops asking a model as soon as it should not be asked any more', async () => {
    const { effects, state } = recordingEffects({ keepAsking: () => state.saved.length < 4 })
    await runLanes([lane('x', 'a', 50, 1)], new Set(), effects, never)
    expect(state.saved).toHaveLength(4)
  })

  test('a call that is not wanted any more leaves nothing, and the others go on', async () => {
    const { effects, state } = recordingEffects()
    const { effects: answering } = recordingEffects()
    effects.ask = async (call, signal) => (call.sampleKey === 's1' ? undefined : answering.ask(call, signal))
    await runLanes([lane('x', 'a', 3, 1)], new Set(), effects, never)
    expect(state.saved).toEqual(['s0', 's2'].map((sampleKey) => callKey({ model: 'a', sampleKey, repeat: 0 })))
  })

  test('an abort ends the calls in flight at once and keeps what was saved', async () => {
    const abort = new AbortController()
    const { effects, state } = recordingEffects({
      onOutcome: () => {
        if (state.saved.length === 3) abort.abort(new Error('Ctrl-C'))
      },
    })
    await expect(runLanes([lane('x', 'a', 50, 1)], new Set(), effects, abort.signal)).rejects.toThrow('Ctrl-C')
    expect(state.saved).toHaveLength(3)
  })

  test('a defect in one lane ends the others and is reported', async () => {
    const { effects, state } = recordingEffects()
    const { effects: working } = recordingEffects()
    effects.ask = async (call, signal) => {
      if (call.model === 'b' && call.sampleKey === 's3') throw new TypeError('a scorer is broken')
      return working.ask(call, signal)
    }
    await expect(runLanes([lane('x', 'a', 500, 1), lane('y', 'b', 10, 1)], new Set(), effects, never)).rejects.toThrow(
      'a scorer is broken',
    )
    expect(state.saved.length).toBeLessThan(50)
  })
})
