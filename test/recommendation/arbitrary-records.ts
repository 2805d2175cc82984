import fc from 'fast-check'
import type { EvaluationRecord, EvaluationRecords } from '../../src/analysis/evaluation-records.ts'

/** Small settings, so that a property can be tried often. */
const config = { bootstrap: 60, minItemsAdvisory: 3, minItemsSwitch: 5, futilityMinItems: 5 }

const call = fc.record({
  ok: fc.integer({ min: 0, max: 9 }).map((draw) => draw > 0),
  accuracy: fc.constantFrom(0, 20, 100 / 3, 60, 80, 100),
  latencyMs: fc.constantFrom(null, 0, 400, 1900, 2000, 7000),
  costUsd: fc.constantFrom(null, 0, 0.001, 0.004, 0.02),
})

/** A document in which every model was asked the same items, with failures and unknown latencies and costs. */
export function arbitraryRecords(models: readonly string[]): fc.Arbitrary<EvaluationRecords> {
  return fc.integer({ min: 3, max: 12 }).chain((items) =>
    fc
      .tuple(
        fc.array(call, { minLength: items * 2 * models.length, maxLength: items * 2 * models.length }),
        fc.boolean(),
      )
      .map(([calls, isClustered]) => ({
        incumbent: 'A',
        refs: { latencyMs: 2000, costUsd: 0.004 },
        challengers: 5,
        config,
        records: calls.map((answer, index) =>
          recordOf(answer, models[index % models.length] ?? 'A', index, models.length, isClustered),
        ),
      })),
  )
}

function recordOf(
  answer: Pick<EvaluationRecord, 'ok' | 'accuracy' | 'latencyMs' | 'costUsd'>,
  model: string,
  index: number,
  models: number,
  isClustered: boolean,
): EvaluationRecord {
  const place = Math.floor(index / models)
  const item = Math.floor(place / 2)
  return {
    ...answer,
    model,
    item: `i${item}`,
    repeat: place % 2,
    cluster: isClustered ? `c${Math.floor(item / 2)}` : null,
  }
}
