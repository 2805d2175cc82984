import { clusteredMean, isEstimated } from '../../analysis/statistics/clustered-mean.ts'
import { studentQuantile } from '../../analysis/statistics/student-t.ts'
import type { Estimate } from './cost-projection.ts'

/** With fewer the spread between samples says little about their mean. */
const fewestSamples = 10

/**
 * Mean over samples with its 95 % interval (Student's t).
 * @param bySample at least one
 * @param least what the quantity cannot be below
 */
export function estimateMean(bySample: ReadonlyMap<string, number>, least = Number.NEGATIVE_INFINITY): Estimate {
  const estimated = clusteredMean(Array.from(bySample, ([cluster, value]) => ({ cluster, value })))
  const { mean, clusters, effectiveClusters } = estimated
  if (clusters < fewestSamples || !isEstimated(estimated)) return { mean, interval: null }
  const half = studentQuantile(0.975, effectiveClusters - 1) * estimated.standardError
  return { mean, interval: [Math.max(least, mean - half), mean + half] }
}
