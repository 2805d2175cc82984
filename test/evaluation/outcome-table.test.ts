import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { MeasuredOutcome } from '../../src/evaluation/measured-outcome.ts'
import { createOutcomeTable } from '../../src/evaluation/outcome-table.ts'

const models = ['one', 'other']
const sampleKeys = ['a', 'b', 'c']

const number = fc.double({ noNaN: true, noDefaultInfinity: true })
const perhaps = fc.option(number, { nil: undefined })
const asked = {
  model: fc.constantFrom(...models),
  sampleKey: fc.constantFrom(...sampleKeys),
  repeat: fc.nat(9),
  latencyMs: perhaps,
  waitedMs: number,
  attempts: fc.nat(6),
  usage: fc.record({
    inputTokens: perhaps,
    outputTokens: perhaps,
    reasoningTokens: perhaps,
    cachedInputTokens: perhaps,
  }),
  costUsd: perhaps,
}
const outcome: fc.Arbitrary<MeasuredOutcome> = fc.oneof(
  fc.record({ ...asked, status: fc.constant('scored' as const), accuracy: number, completeness: number }),
  fc.record({
    ...asked,
    status: fc.constant('failed' as const),
    failure: fc.record({ kind: fc.constantFrom('timeout' as const, 'empty' as const), message: fc.string() }),
  }),
)

test('gives back what was put in, in its order, also when more comes than was planned', () => {
  fc.assert(
    fc.property(fc.array(outcome), fc.nat(20), (outcomes, calls) => {
      const table = createOutcomeTable({ models, sampleKeys, calls })
      for (const one of outcomes) table.add(one)
      expect(table.outcomes()).toEqual(outcomes)
    }),
  )
})

test('keeps nothing but what is judged', () => {
  const table = createOutcomeTable({ models, sampleKeys, calls: 1 })
  const usage = { inputTokens: 1, outputTokens: 2, reasoningTokens: undefined, cachedInputTokens: undefined }
  const measures = { latencyMs: 3, waitedMs: 0, attempts: 1, usage, costUsd: undefined }
  const scored = { status: 'scored' as const, accuracy: 90, completeness: 1 }
  const judged = { model: 'one', sampleKey: 'a', repeat: 0, ...measures, ...scored }
  table.add({ ...judged, rawText: 'a long answer' } as MeasuredOutcome)
  expect(table.outcomes()).toEqual([judged])
})

test('an outcome that was not planned is a defect', () => {
  const table = createOutcomeTable({ models: [], sampleKeys, calls: 1 })
  const [stray] = fc.sample(outcome, 1)
  expect(() => table.add(stray as MeasuredOutcome)).toThrow('was not planned')
})
