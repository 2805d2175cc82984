import { logLikelihoodRatio, logMeanExp } from './mixture-log-e.ts'

/** How many times the control's rate the canary's may be. */
const toleratedRatio = 1.5

const ratios = [3, 5, 10, 30]

/**
 * Log of the e-process for "the canary fails at most 1.5 times as often as the control", from where the events came:
 * given an event, it is the canary's with probability share·ρ / (share·ρ + 1 − share). A common outage raises both counts
 * and not this (decisions.md section 4).
 * @param share of the requests that go to the canary, above 0 and below 1
 */
export function relativeLogE(canaryEvents: number, controlEvents: number, share: number): number {
  const chanceAt = (ratio: number) => (share * ratio) / (share * ratio + 1 - share)
  const tolerated = chanceAt(toleratedRatio)
  return logMeanExp(ratios.map((ratio) => logLikelihoodRatio(canaryEvents, controlEvents, chanceAt(ratio), tolerated)))
}
