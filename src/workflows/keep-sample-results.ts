import type { Database } from '../database/database.ts'
import { inTransaction } from '../database/in-transaction.ts'
import { loadRecommendation } from '../database/recommendation-queries.ts'
import {
  hasSampleResults,
  insertSampleDifferences,
  insertSampleResults,
  type RankedDifference,
} from '../database/sample-result-queries.ts'
import type { Evaluation } from '../evaluation/evaluation.ts'
import type { Recommendation } from '../recommendation/recommendation.ts'
import { movedMost, sampleDifferences } from '../recommendation/sample-differences.ts'
import { type Choice, pairOf } from './explained-pair.ts'
import { verdictRecords } from './verdict-records.ts'

/**
 * Keeps what an evaluation says of each sample, once it is decided: how all models did on it, and how far it moved the
 * difference of each challenger to the incumbent. Asked again it changes nothing; an evaluation without a verdict is left.
 */
export async function keepSampleResults({ db }: Database, evaluation: Evaluation): Promise<void> {
  if (await hasSampleResults(db, evaluation.id)) return
  const stored = await loadRecommendation(db, evaluation.id)
  if (stored === undefined) return
  const { records, asked } = await verdictRecords(db, evaluation, stored.input)
  const differences = rankedDifferences({ evaluation, stored, records, asked })
  await inTransaction(db, async (trx) => {
    await insertSampleDifferences(trx, evaluation.id, differences)
    await insertSampleResults(trx, evaluation.id)
  })
}

/** Of every challenger that was compared; for a vacant seat of the model that took it. */
function rankedDifferences(choice: Choice): RankedDifference[] {
  const { incumbent, comparisons } = choice.stored.recommendation as unknown as Recommendation
  const wanted = incumbent === null ? [undefined] : comparisons.map(({ model }) => model)
  return wanted.flatMap((model) => {
    const pair = pairOf(choice, model)
    if (pair === undefined) return []
    const { held, challenger, records } = pair
    const all = sampleDifferences(records, held, challenger)
    return movedMost(all, all.length).map(({ sample, difference, pull }, index) => {
      const { accuracy, total } = difference
      return { challenger, rank: index + 1, sample, held, accuracy, total, pull }
    })
  })
}
