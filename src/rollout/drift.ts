import { clusteredMean, isEstimated } from '../analysis/statistics/clustered-mean.ts'
import { studentCdf } from '../analysis/statistics/student-t.ts'
import { isBelow } from '../analysis/statistics/tolerance.ts'
import type { ItemMeans } from './drift-means.ts'

/** One run held against the baseline, on the items of both. */
export interface DriftTest {
  /** Accuracy points that were lost; null without an item in common. */
  drop: number | null
  /** Of a loss as large by chance; null with fewer than 10 items. */
  p: number | null
  n: number
}

/** In the JSON shape of `decisions/`. */
export interface Drift {
  run: DriftTest
  /** Whether a fresh re-test is due. */
  suspect: boolean
  rollback: boolean
  retest?: DriftTest
  /** Mean of both drops. */
  pooledDrop?: number
}

export interface DriftSettings {
  runLevel: number
  retestLevel: number
  /** Accuracy points. */
  leastDrop: number
  /** Within which a drop counts as the least drop. */
  tolerance: number
}

export const driftSettings: DriftSettings = { runLevel: 0.05, retestLevel: 0.02, leastDrop: 2, tolerance: 1e-9 }

const leastItems = 10

/**
 * Whether the incumbent has become worse (decisions.md section 0, decision 9): a run that is significantly below the frozen
 * baseline, paired by item and one-sided, makes suspect; only a fresh re-test that is significant too, with a mean drop that
 * matters, rolls back. An accuracy below a threshold alone never does.
 * @param baseline `driftBaseline` of the first four runs after the switch
 * @param retest a second run, made because the first made suspect; ignored when it did not
 */
export function drift(baseline: ItemMeans, current: ItemMeans, retest?: ItemMeans, settings = driftSettings): Drift {
  const run = testAgainst(baseline, current)
  const suspect = run.p !== null && run.p < settings.runLevel
  if (!suspect || retest === undefined) return { run, suspect, rollback: false }
  const again = testAgainst(baseline, retest)
  if (run.drop === null || again.drop === null) return { run, suspect, rollback: false, retest: again }
  const pooledDrop = (run.drop + again.drop) / 2
  const isConfirmed = again.p !== null && again.p < settings.retestLevel
  const rollback = isConfirmed && !isBelow(pooledDrop, settings.leastDrop, settings.tolerance)
  return { run, suspect, rollback, retest: again, pooledDrop }
}

function testAgainst(baseline: ItemMeans, run: ItemMeans): DriftTest {
  const differences = [...run]
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .flatMap(([item, accuracy]) => {
      const before = baseline.get(item)
      return before === undefined ? [] : { value: accuracy - before, cluster: item }
    })
  if (differences.length === 0) return { drop: null, p: null, n: 0 }
  const difference = clusteredMean(differences)
  const { mean, clusters: n } = difference
  if (!isEstimated(difference) || n < leastItems) return { drop: -mean, p: null, n }
  // At least as if one item were discordant: without any spread nothing would be uncertain.
  const standardError = Math.max(difference.standardError, 50 / n)
  return { drop: -mean, p: studentCdf(mean / standardError, n - 1), n }
}
