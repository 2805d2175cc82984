import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { progressOn } from '../../src/commands/progress.ts'
import type { PlannedEvaluation } from '../../src/workflows/cycle-listener.ts'
import { scoredOutcome } from '../support/example-evaluation.ts'

const planned: PlannedEvaluation = {
  id: 'e',
  tier: 1,
  tierName: 'core',
  dataset: 'job-analysis@v1',
  samples: 40,
  models: [
    { model: 'first', planned: 40, done: 0 },
    { model: 'second', planned: 40, done: 0 },
  ],
  skipped: [],
  estimate: { models: [], calls: 80, ms: undefined, costUsd: 0 },
}

beforeEach(() => void vi.useFakeTimers({ toFake: ['performance'] }))
afterEach(() => void vi.useRealTimers())

/** What is written while each model answers all of its calls, one a second, one model after the other. */
function lines(): string[] {
  const written: string[] = []
  const stream = { isTTY: false, write: (text: string) => written.push(text) } as unknown as NodeJS.WriteStream
  const listener = progressOn(stream)
  listener.planned(planned)
  for (const { model } of planned.models) {
    for (let call = 0; call < 40; call += 1) {
      vi.advanceTimersByTime(1_000)
      listener.outcome({ ...scoredOutcome({ model, sampleKey: `s${call}` }), latencyMs: 1_000, waitedMs: 0 })
    }
  }
  return written.join('').split('\n')
}

test('a model that had to wait for another is told at its own rate, with the time that it really needs', () => {
  const [, , , , ...second] = lines().filter((line) => line.includes('second'))
  const shown = second.map((line) => line.trim().replaceAll('\u202f', ' '))
  expect(shown).toContain('second: 31 of 40  1.0/s · 9.00 s left')
  expect(second.at(-1)).toMatch(/second: 40 of 40 {2}1\.0\/s$/)
})
