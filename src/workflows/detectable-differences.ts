import { assumedSpreads, detectableDifference, type Spread, samplesFor } from '../analysis/detectable-difference.ts'
import type { TierStats } from '../datasets/dataset-stats.ts'
import type { MeasuredSpread } from './measured-spreads.ts'

/** What so many samples can detect, for tiers that have the same number of them. */
export interface Detectable {
  tasks: string[]
  /** Independent ones: samples of one cluster count as one. */
  samples: number
  repeats: number
  /** `assumed`: nothing was measured yet; `measured`: from stored runs. */
  basis: { kind: 'assumed'; answers: string } | { kind: 'measured'; comparisons: number }
  /** Points; null for fewer than two samples. */
  smallest: { total: number | null; accuracy: number | null }
  /** With a difference that is asked about: how many more samples it takes to detect it; 0 where there are enough. */
  missing?: { difference: number; total: number; accuracy: number }
}

/**
 * The smallest differences that a version can detect at 80 % power with 1 and with 3 repeats. What stored runs measured
 * goes before what is assumed.
 * @param difference in points, about which it is asked how many samples are missing
 */
export function detectableDifferences(
  tiers: readonly TierStats[],
  measured: readonly MeasuredSpread[],
  difference: number | undefined,
): Detectable[] {
  const rows = tiers.flatMap((tier) => [
    ...measured
      .filter(({ hash }) => hash === tier.hash)
      .map(({ repeats, comparisons, spread }) =>
        detectable(tier, repeats, { kind: 'measured', comparisons }, spread, difference),
      ),
    ...assumedSpreads
      .filter(({ repeats }) => !measured.some(({ hash, repeats: known }) => hash === tier.hash && known === repeats))
      .map(({ answers, repeats, spread }) =>
        detectable(tier, repeats, { kind: 'assumed', answers }, spread, difference),
      ),
  ])
  return merged(rows)
}

function detectable(
  { task, independent }: TierStats,
  repeats: number,
  basis: Detectable['basis'],
  spread: Spread,
  difference: number | undefined,
): Detectable {
  const smallest = {
    total: detectableDifference(spread.total, independent) ?? null,
    accuracy: detectableDifference(spread.accuracy, independent) ?? null,
  }
  const row: Detectable = { tasks: [task], samples: independent, repeats, basis, smallest }
  if (difference === undefined) return row
  const missing = (of: number) => Math.max(0, samplesFor(difference, of) - independent)
  return { ...row, missing: { difference, total: missing(spread.total), accuracy: missing(spread.accuracy) } }
}

/** What is assumed is the same for all tiers with the same number of samples: it is said once. */
function merged(rows: readonly Detectable[]): Detectable[] {
  const groups = Map.groupBy(rows, ({ tasks, ...rest }) =>
    JSON.stringify(rest.basis.kind === 'assumed' ? rest : { ...rest, tasks }),
  )
  return [...groups.values()].flatMap((same) => {
    const [first] = same
    return first === undefined ? [] : [{ ...first, tasks: same.flatMap(({ tasks }) => tasks) }]
  })
}
