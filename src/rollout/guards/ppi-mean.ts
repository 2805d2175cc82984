import { mean } from '../../analysis/statistics/mean.ts'
import { studentQuantile } from '../../analysis/statistics/student-t.ts'

export interface PpiMean {
  /** How far the judge is trusted: 0 not at all, so that the estimate is the mean of the human labels, 1 fully. */
  lambda: number
  estimate: number
  standardError: number
  interval: [number, number]
}

/**
 * Mean of a quantity that people have measured on a few items and a judge on many: prediction-powered inference with a
 * power-tuned weight (PPI++, arXiv 2311.01453; decisions.md section 5). A biased judge costs width and never the truth.
 * Meant for paired differences per item.
 * @param human measured by people, at least two
 * @param judgeLabelled what the judge said of the same items, in the same order
 * @param judgeUnlabelled what it said of others, at least two
 * @throws RangeError when there are too few, or the first two differ in length
 */
export function ppiMean(
  human: readonly number[],
  judgeLabelled: readonly number[],
  judgeUnlabelled: readonly number[],
  level = 0.95,
): PpiMean {
  const [labelled, unlabelled] = [human.length, judgeUnlabelled.length]
  if (labelled < 2 || unlabelled < 2 || judgeLabelled.length !== labelled) {
    throw new RangeError(
      `Expected at least two labelled and two unlabelled items, got ${labelled} labels, ${judgeLabelled.length} judgements of them and ${unlabelled} of others.`,
    )
  }
  const lambda = weightOf(human, judgeLabelled, judgeUnlabelled)
  const corrections = human.map((value, index) => value - lambda * (judgeLabelled[index] ?? 0))
  const estimate = lambda * meanOf(judgeUnlabelled) + meanOf(corrections)
  const judgedVariance = (lambda ** 2 * varianceOf(judgeUnlabelled)) / unlabelled
  const standardError = Math.sqrt(judgedVariance + varianceOf(corrections) / labelled)
  const half = studentQuantile((1 + level) / 2, labelled - 1) * standardError
  return { lambda, estimate, standardError, interval: [estimate - half, estimate + half] }
}

/** The weight with the least variance, from 0 to 1; 0 for a judge that always says the same. */
function weightOf(human: readonly number[], judgeLabelled: readonly number[], judgeUnlabelled: readonly number[]) {
  const variance = varianceOf([...judgeLabelled, ...judgeUnlabelled])
  if (variance === 0) return 0
  const [humanMean, judgeMean] = [meanOf(human), meanOf(judgeLabelled)]
  const products = human.map((value, index) => (value - humanMean) * ((judgeLabelled[index] ?? 0) - judgeMean))
  const covariance = (meanOf(products) * human.length) / (human.length - 1)
  const best = covariance / variance / (1 + human.length / judgeUnlabelled.length)
  return Math.min(1, Math.max(0, best))
}

function varianceOf(values: readonly number[]): number {
  const centre = meanOf(values)
  return (meanOf(values.map((value) => (value - centre) ** 2)) * values.length) / (values.length - 1)
}

function meanOf(values: readonly number[]): number {
  return mean(values) ?? Number.NaN
}
