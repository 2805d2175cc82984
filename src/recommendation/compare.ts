import type { DecisionSettings } from '../analysis/evaluation-records.ts'
import { failureShare } from '../analysis/item-scores.ts'
import {
  clusteredMean,
  type EstimatedMean,
  isEstimated,
  type Observation,
} from '../analysis/statistics/clustered-mean.ts'
import { studentCdf, studentQuantile } from '../analysis/statistics/student-t.ts'
import { accuracyEvidence } from './accuracy-evidence.ts'
import { imputationFor } from './imputation.ts'
import { nonInferiorityMargin } from './non-inferiority-margin.ts'
import type { PairedItem } from './paired-items.ts'
import type { PairDifferences, PairEvidence, PairHead } from './recommendation.ts'
import { type ScoredPair, scoredPairs } from './scored-pairs.ts'

/** A pair of models before it is judged. */
export type MeasuredPair = PairHead & PairDifferences & PairEvidence
export type UnmeasuredPair = PairHead & Partial<PairDifferences> & { seUsed?: undefined }

/**
 * Measures a challenger against the incumbent on the items that both were asked (decisions.md section 6.2).
 * @param expectedItems number of items that both should have been asked
 * @param challengers number of challengers that started; the level of a look is divided among them
 */
export function compare(
  model: string,
  items: readonly PairedItem[],
  expectedItems: number,
  challengers: number,
  settings: DecisionSettings,
): MeasuredPair | UnmeasuredPair {
  const head = { model, commonItems: items.length, coverage: expectedItems === 0 ? 0 : items.length / expectedItems }
  if (items.length === 0) return { ...head, flags: ['no_common_items'] }
  const imputation = imputationFor(items)
  const observed = differencesOf(scoredPairs(items, imputation, settings))
  const total = clusteredMean(observed.total)
  const accuracy = clusteredMean(observed.accuracy)
  const failures = clusteredMean(observed.failures)
  const niMargin = nonInferiorityMargin(settings, total.clusters)
  const differences: PairDifferences = {
    clusters: total.clusters,
    clustersEffective: total.effectiveClusters,
    delta: total.mean,
    accuracyDelta: accuracy.mean,
    failDelta: failures.mean,
    niMargin,
  }
  if (!isEstimated(total) || !isEstimated(accuracy) || !isEstimated(failures)) {
    return { ...head, flags: [...imputation.flags, 'too_few_items'], ...differences }
  }
  return {
    ...head,
    flags: imputation.flags,
    ...differences,
    ...totalEvidence(total, settings.alphaTotal / settings.maxLooks / challengers, settings.tau),
    ...nonInferiorityEvidence(observed.accuracy, niMargin, settings.niLevel),
    accuracySe: accuracy.standardError,
    pFailWorse: studentCdf(failureT(failures), total.effectiveClusters - 1),
  }
}

function differencesOf(pairs: readonly ScoredPair[]): Record<'total' | 'accuracy' | 'failures', Observation[]> {
  const differences = (value: (pair: ScoredPair) => number) =>
    pairs.map((pair) => ({ cluster: pair.cluster, value: value(pair) }))
  return {
    total: differences(({ scores }) => scores.challenger.total - scores.incumbent.total),
    accuracy: differences(({ scores }) => scores.challenger.accuracy - scores.incumbent.accuracy),
    failures: differences(({ incumbent, challenger }) => failureShare(challenger) - failureShare(incumbent)),
  }
}

function totalEvidence(
  { mean, standardError, clusters, effectiveClusters }: EstimatedMean,
  alphaLook: number,
  tau: number,
) {
  const seUsed = Math.max(standardError, 50 / clusters)
  const degrees = effectiveClusters - 1
  const half95 = studentQuantile(0.975, degrees) * seUsed
  const switchQuantile = studentQuantile(1 - alphaLook, degrees)
  return {
    se: standardError,
    seUsed,
    alphaLook,
    pBetter: studentCdf(mean / seUsed, degrees),
    deltaCi95: [mean - half95, mean + half95] as [number, number],
    deltaLowerSwitch: mean - switchQuantile * seUsed,
    shrunkDelta: (mean * tau ** 2) / (tau ** 2 + seUsed ** 2),
    mdeTotal80: (switchQuantile + studentQuantile(0.8, degrees)) * seUsed,
  }
}

function nonInferiorityEvidence(differences: readonly Observation[], margin: number, level: number) {
  const { mean, standardError, degrees } = accuracyEvidence(differences)
  return {
    accuracyDeltaUsed: mean,
    accuracySeUsed: standardError,
    pNonInferior: studentCdf((mean + margin) / standardError, degrees),
    accuracyLower: mean - studentQuantile(level, degrees) * standardError,
  }
}

/** A difference without any spread is certain when it is against the challenger, and shows nothing otherwise. */
function failureT({ mean, standardError }: EstimatedMean): number {
  if (standardError > 0) return mean / standardError
  return mean > 0 ? Number.POSITIVE_INFINITY : 0
}
