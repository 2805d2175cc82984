import { beforeEach, describe, expect, test } from 'vitest'
import type { Generated } from '../../../../src/providers/provider.ts'
import type { LiveObservation } from '../../../../src/rollout/live/live-observation.ts'
import type { Attempt, AttemptEnd } from '../../../../src/serving/gateway/traffic/attempt.ts'
import { createRecorder } from '../../../../src/serving/gateway/traffic/recorder.ts'
import type { JsonObject } from '../../../../src/shared/json.ts'
import { settled } from '../../../support/fake-clock.ts'
import { generated } from '../../started-service.ts'
import {
  challenger,
  exampleAttempt,
  exampleModel,
  exampleRequest,
  exampleRoute,
  full,
  incumbent,
  inPart,
  inShadow,
} from './examples.ts'

const schema: JsonObject = { type: 'object', properties: { level: { enum: ['junior', 'senior'] } } }

describe('what is kept of an attempt', () => {
  let kept: LiveObservation[]
  let copied: (Generated | undefined)[]
  let takesCopies: boolean
  let notes: string[]
  beforeEach(() => {
    kept = []
    copied = []
    takesCopies = true
    notes = []
  })

  const recorder = createRecorder({
    record: ({ observation }) => kept.push(observation),
    copy: (_attempt, answer) => {
      copied.push(answer)
      return takesCopies
    },
    recorded: () => undefined,
    note: (sentence) => notes.push(sentence),
  })

  const answered = (overrides: Partial<Generated> = {}): AttemptEnd => {
    return { outcome: 'answered', generated: generated(overrides), latencyMs: 120, firstTokenMs: undefined }
  }
  const failed: AttemptEnd = { outcome: 'failed', failureKind: 'timeout', latencyMs: 5_000, firstTokenMs: undefined }
  const cancelled: AttemptEnd = { outcome: 'cancelled', latencyMs: 50, firstTokenMs: undefined }
  const withSchema = () => {
    const { question } = exampleRequest()
    return exampleRequest({ question: { ...question, answerSchema: schema } })
  }

  function take(attempt: Attempt, end: AttemptEnd): LiveObservation | undefined {
    recorder.finished(attempt, end)
    recorder.drain()
    return kept.at(-1)
  }

  test('is made after the answer was given', async () => {
    recorder.finished(exampleAttempt(), answered())
    expect(kept).toEqual([])
    await settled()
    expect(kept).toHaveLength(1)
  })

  test('is who answered, how, how fast and for how much, and nothing of what was said', () => {
    const model = exampleModel(incumbent, {
      price: {
        inputUsdPer1k: 1,
        outputUsdPer1k: 2,
        cachedInputUsdPer1k: undefined,
        asOf: '2026-11-01',
        source: 'test',
      },
    })
    const observation = take(exampleAttempt(exampleRoute(), { planned: { model, arm: 'incumbent' } }), answered())
    expect(observation).toMatchObject({
      requestId: 'request-1',
      tier: 1,
      model: incumbent,
      arm: 'incumbent',
      stage: 'none',
      attempt: 1,
      outcome: 'answered',
      latencyMs: 120,
      usage: { inputTokens: 12, outputTokens: 3 },
      costUsd: expect.closeTo(0.018, 9) as number,
    })
    expect(JSON.stringify(observation)).not.toMatch(/Hello/)
  })

  test('costs its share of the electricity of a machine while it answers', () => {
    const price = { inputUsdPer1k: 0, outputUsdPer1k: 0, cachedInputUsdPer1k: 0, usdPerHour: 0.36 }
    const model = exampleModel(incumbent, { price: { ...price, asOf: '2026-11-01', source: 'estimate' } })
    const planned = { model, arm: 'incumbent' } as const
    const observation = take(exampleAttempt(exampleRoute(), { planned, sharedBy: 2 }), answered())
    expect(observation?.costUsd).toBeCloseTo((0.36 / 3_600_000) * 120 * 0.5, 12)
  })

  test('is slow above the limit of the rollout, else above that of the tier', () => {
    const slow = { slowMs: 100, slowFirstTokenMs: undefined }
    expect(take(exampleAttempt(exampleRoute({ slow })), answered())?.slow).toBe(true)
    expect(take(exampleAttempt(exampleRoute({ slow, rollout: inShadow() })), answered())?.slow).toBe(false)
    expect(take(exampleAttempt(), answered())?.slow).toBeUndefined()
  })

  test('is counted for the rollout that runs, or for the one that brought the holder', () => {
    const rollout = inPart(0.00001)
    expect(take(exampleAttempt(exampleRoute({ rollout })), answered())).toMatchObject({
      rolloutId: rollout.id,
      countsEpoch: 0,
      stage: 'partial',
    })
    const brought = full()
    expect(take(exampleAttempt(exampleRoute({ full: brought })), answered())).toMatchObject({
      rolloutId: brought.id,
      stage: 'full',
    })
  })

  test('counts in the shadow only where a copy is made: both arms answer the same requests, also the failed ones', () => {
    const route = exampleRoute({ rollout: inShadow() })
    expect(take(exampleAttempt(route), answered())?.rolloutId).toBe(route.rollout?.id)
    expect(take(exampleAttempt(route), failed)?.rolloutId).toBe(route.rollout?.id)
    expect(copied.map((answer) => answer?.text)).toEqual(['Hello!', undefined])
    takesCopies = false
    expect(take(exampleAttempt(route), answered())?.rolloutId).toBeUndefined()
    expect(take(exampleAttempt(route), cancelled)?.rolloutId).toBeUndefined()
    expect(copied).toHaveLength(3)
  })

  test('says whether the answer breaks the schema, where there is one and the answer calls no tool', () => {
    const attempt = exampleAttempt(exampleRoute(), { request: withSchema() })
    expect(take(attempt, answered({ text: '{"level":"junior"}' }))?.invalid).toBe(false)
    expect(take(attempt, answered({ text: 'Sure!' }))?.invalid).toBe(true)
    expect(take(attempt, failed)?.invalid).toBeUndefined()
    const toolCalls = [{ id: 'call_1', name: 'look_up', arguments: '{}' }]
    expect(take(attempt, answered({ text: '', toolCalls }))?.invalid).toBeUndefined()
    expect(take(exampleAttempt(), answered())?.invalid).toBeUndefined()
  })

  test('says of a copy whether it differs from the answer that was given', () => {
    const route = exampleRoute({ rollout: inShadow() })
    const copy = exampleAttempt(route, {
      request: withSchema(),
      planned: { model: exampleModel(challenger), arm: 'challenger' },
    })
    const compare = (one: string, other: string) => {
      recorder.copyFinished(copy, answered({ text: other }), generated({ text: one }))
      return kept.at(-1)?.disagrees
    }
    expect(compare('{"level":"junior"}', '{"level":"junior"}')).toBe(false)
    expect(compare('{"level":"junior"}', '{"level":"senior"}')).toBe(true)
    expect(compare('{"level":"junior"}', 'Sure!')).toBeUndefined()
    recorder.copyFinished(copy, failed, generated())
    expect(kept.at(-1)).toMatchObject({ disagrees: undefined, arm: 'challenger', rolloutId: route.rollout?.id })
  })
})
