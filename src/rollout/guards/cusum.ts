import { logLikelihoodRatio } from './mixture-log-e.ts'

/** Between which rates a CUSUM tells apart, and where it alarms. */
export interface CusumLimits {
  toleratedRate: number
  badRate: number
  /** Height of the sum that is an alarm. */
  height: number
}

/** ln 10⁴. */
const height = 9.210340371976184

export const cusumDefaults: CusumLimits = { toleratedRate: 0.02, badRate: 0.06, height }

/** The limits of a metric in full service: its own tolerated rate against three times as much (decisions.md section 6.3). */
export function cusumLimitsFor(toleratedRate: number): CusumLimits {
  return { toleratedRate, badRate: Math.min(0.9, 3 * toleratedRate), height }
}

/**
 * The sum after one more request. It never falls below 0, so that thousands of good requests do not hide a new fault;
 * an e-process would have to make up for all of them first.
 * @param sum 0 at the start
 */
export function cusumAfter(sum: number, isEvent: boolean, { toleratedRate, badRate }: CusumLimits): number {
  const [events, others] = isEvent ? [1, 0] : [0, 1]
  return Math.max(0, sum + logLikelihoodRatio(events, others, badRate, toleratedRate))
}

/** The sum after a stream of requests, and the 1-based number of the request that first raised an alarm. */
export function cusum(
  events: readonly boolean[],
  limits: CusumLimits = cusumDefaults,
): { sum: number; alarmAt: number | null } {
  let sum = 0
  let alarmAt: number | null = null
  for (const [index, isEvent] of events.entries()) {
    sum = cusumAfter(sum, isEvent, limits)
    if (alarmAt === null && sum >= limits.height) alarmAt = index + 1
  }
  return { sum, alarmAt }
}
