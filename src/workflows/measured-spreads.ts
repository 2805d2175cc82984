import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Spread } from '../analysis/detectable-difference.ts'
import { quantile } from '../analysis/statistics/quantile.ts'
import type { Config } from '../config/config.ts'
import type { Database } from '../database/database.ts'
import { listEvaluations } from '../database/evaluation-queries.ts'
import { loadOutcomes } from '../database/outcome-queries.ts'
import type { Evaluation } from '../evaluation/evaluation.ts'
import type { Outcome } from '../evaluation/outcome.ts'
import { isMeasured, type MeasuredComparison } from '../recommendation/recommendation.ts'
import { decideEvaluation } from './decide-evaluation.ts'
import { databaseOf } from './hosting.ts'

/** How far two real models differed from sample to sample, in the stored runs of one golden set. */
export interface MeasuredSpread {
  /** Of the golden set. */
  hash: string
  repeats: number
  /** Comparisons that it was measured in; the spread is their median. */
  comparisons: number
  spread: Spread
}

/** Fewer common samples tell too little about a spread. */
const minimumSamples = 10
const newestEvaluations = 4
const repeatCounts = [1, 3]

/**
 * Reads the stored runs of golden sets. A database that does not exist yet is not made for it.
 * @param hashes of the golden sets
 * @throws UserError when there is a database and it cannot be opened
 */
export async function storedSpreads(
  config: Pick<Config, 'database' | 'home'>,
  hashes: readonly string[],
): Promise<MeasuredSpread[]> {
  if (config.database.url === undefined && !existsSync(join(config.home, 'database'))) return []
  const database = await databaseOf(config)
  try {
    return await measuredSpreads(database, hashes)
  } finally {
    await database.close()
  }
}

/** The spreads in the newest completed evaluations of each golden set. */
export async function measuredSpreads({ db }: Database, hashes: readonly string[]): Promise<MeasuredSpread[]> {
  const evaluations = await listEvaluations(db, { status: 'completed', limit: 1000 })
  const spreads: MeasuredSpread[] = []
  for (const hash of new Set(hashes)) {
    const own = evaluations.filter(({ datasetHash }) => datasetHash === hash).filter(hasTwoRealModels)
    const measured: { evaluation: Evaluation; outcomes: Outcome[] }[] = []
    for (const evaluation of own.slice(0, newestEvaluations))
      measured.push({ evaluation, outcomes: await loadOutcomes(db, evaluation.id) })
    for (const repeats of repeatCounts) {
      const comparisons = measured.flatMap((each) => comparisonsOf(each.evaluation, each.outcomes, repeats))
      const spread = medianSpread(comparisons)
      if (spread !== undefined) spreads.push({ hash, repeats, comparisons: comparisons.length, spread })
    }
  }
  return spreads
}

function isReal({ role, providerKind }: Evaluation['models'][number]): boolean {
  return role !== 'baseline' && providerKind !== 'simulated'
}

function hasTwoRealModels({ models }: Evaluation): boolean {
  return models.filter(isReal).length > 1
}

/** The comparisons as they would have been with the first so many repeats. */
function comparisonsOf(evaluation: Evaluation, outcomes: readonly Outcome[], repeats: number): MeasuredComparison[] {
  const planned = evaluation.models.filter(isReal)
  if (planned.some((model) => model.repeats < repeats)) return []
  const real = new Set(planned.map(({ name }) => name))
  const asked = outcomes.filter(({ model, repeat }) => real.has(model) && repeat < repeats)
  const { comparisons } = decideEvaluation(evaluation, asked).recommendation
  return comparisons.filter(isMeasured).filter(({ clusters }) => clusters >= minimumSamples)
}

function medianSpread(comparisons: readonly MeasuredComparison[]): Spread | undefined {
  const total = median(comparisons.map(({ se, clusters }) => se * Math.sqrt(clusters)))
  const accuracy = median(comparisons.map(({ accuracySe, clusters }) => accuracySe * Math.sqrt(clusters)))
  return total === undefined || accuracy === undefined ? undefined : { total, accuracy }
}

function median(values: readonly number[]): number | undefined {
  return quantile(
    values.toSorted((a, b) => a - b),
    0.5,
  )
}
