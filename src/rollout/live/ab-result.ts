import { wilsonInterval } from '../../analysis/statistics/wilson-interval.ts'
import { twoSidedLogE } from '../guards/relative-log-e.ts'
import type { Tally, TallyArm } from './count-observation.ts'

export const abMetrics = ['errors', 'invalid', 'slow'] as const
export type AbMetric = (typeof abMetrics)[number]

/** One metric of an A/B test, as it stands; it may be looked at whenever one likes. */
export interface AbComparison {
  metric: AbMetric
  /** Null without requests. */
  arms: Record<TallyArm, { events: number; n: number; rate: number; interval: readonly [number, number] } | null>
  /** Log of the e-process for "both arms have the same rate". */
  logE: number
  verdict: 'challenger-better' | 'challenger-worse' | 'not-shown'
}

const alpha = 0.05

/**
 * The result of an A/B test per metric: rates with 95 % Wilson intervals, and the sequential test, which keeps its level of
 * 5 % a metric however often it is looked at.
 * @param share of the requests that goes to the challenger, as it was set
 */
export function abResult(tallies: Readonly<Record<TallyArm, Tally>>, share: number): AbComparison[] {
  return abMetrics.map((metric) => {
    const [challenger, incumbent] = [tallies.challenger[metric], tallies.incumbent[metric]]
    const logE = twoSidedLogE(challenger, incumbent, share)
    const arms = { incumbent: armOf(tallies.incumbent, metric), challenger: armOf(tallies.challenger, metric) }
    return { metric, arms, logE, verdict: verdictOf(logE, challenger, incumbent, share) }
  })
}

function armOf(tally: Tally, metric: AbMetric): AbComparison['arms'][TallyArm] {
  const interval = wilsonInterval(tally[metric], tally.n)
  return interval === undefined ? null : { events: tally[metric], n: tally.n, rate: tally[metric] / tally.n, interval }
}

function verdictOf(logE: number, challenger: number, incumbent: number, share: number): AbComparison['verdict'] {
  if (logE < Math.log(1 / alpha)) return 'not-shown'
  return challenger > share * (challenger + incumbent) ? 'challenger-worse' : 'challenger-better'
}
