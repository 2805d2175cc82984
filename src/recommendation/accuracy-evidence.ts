import { clusteredMean, isEstimated, type Observation } from '../analysis/statistics/clustered-mean.ts'

/** A mean difference in accuracy that stays honest near 0 and 100, where plain t intervals are too narrow. */
export interface AccuracyEvidence {
  mean: number
  standardError: number
  degrees: number
}

const worst = Symbol('pseudo-cluster of −100')
const best = Symbol('pseudo-cluster of +100')

/**
 * Adds two pseudo-clusters, of −100 and of +100, each of the mean cluster size n/G (decisions.md section 6.2; after
 * Agresti's two pseudo-observations). With single items they are two pseudo-items.
 * @param differences accuracy differences per item, from at least two clusters
 */
export function accuracyEvidence(differences: readonly Observation[]): AccuracyEvidence {
  const { clusters } = clusteredMean(differences)
  const weight = differences.length / clusters
  const augmented = clusteredMean([
    ...differences,
    { value: -100, cluster: worst, weight },
    { value: 100, cluster: best, weight },
  ])
  if (!isEstimated(augmented)) throw new Error('The pseudo-clusters always give a standard error.')
  return { mean: augmented.mean, standardError: augmented.standardError, degrees: augmented.effectiveClusters - 1 }
}
