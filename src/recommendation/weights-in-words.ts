import type { DecisionSettings } from '../analysis/evaluation-records.ts'

type PriceList = Pick<DecisionSettings, 'weights' | 'spanSpeed' | 'spanCost' | 'formula'>

/** What half the latency, and half the cost, is worth; null where that cannot be said in one number. */
export interface WeightsWorth {
  /** `accuracy`: points of accuracy; `total`: points of the total, where accuracy has no weight. */
  unit: 'accuracy' | 'total'
  halfLatency: number
  halfCost: number
}

/**
 * Weights are a price list: halving a time is worth 50·ln 2 / ln span points of speed wherever the utility is not clamped,
 * and those are worth weight ÷ weight as many of accuracy (decisions.md section 1).
 */
export function weightsWorth({ weights, spanSpeed, spanCost, formula }: PriceList): WeightsWorth | null {
  if (formula !== null) return null
  const unit = weights.accuracy > 0 ? 'accuracy' : 'total'
  const pointsOf = (weight: number, span: number) =>
    (((50 * Math.LN2) / Math.log(span)) * weight) / (weights.accuracy > 0 ? weights.accuracy : 1)
  return { unit, halfLatency: pointsOf(weights.speed, spanSpeed), halfCost: pointsOf(weights.cost, spanCost) }
}

/** `Half the latency is worth 15 accuracy points, half the cost 6.` */
export function weightsInWords(settings: PriceList): string {
  const worth = weightsWorth(settings)
  if (worth === null) return `The total is the tier's own formula: ${settings.formula}.`
  const { unit, halfLatency, halfCost } = worth
  const unitWords = unit === 'accuracy' ? 'accuracy points' : 'points of the total (accuracy does not count)'
  if (halfLatency === 0 && halfCost === 0) return 'Only accuracy counts.'
  if (halfLatency === 0) return `Half the cost is worth ${plain(halfCost)} ${unitWords}; speed does not count.`
  const speed = `Half the latency is worth ${plain(halfLatency)} ${unitWords}`
  return halfCost === 0 ? `${speed}; cost does not count.` : `${speed}, half the cost ${plain(halfCost)}.`
}

function plain(points: number): string {
  return String(Number(points.toFixed(1)))
}
