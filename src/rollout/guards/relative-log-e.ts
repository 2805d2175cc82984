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
  return mixtureOfRatios(canaryEvents, controlEvents, share, { tolerated: toleratedRatio, ratios })
}

const bothWays = [1 / 5, 1 / 3, 1 / 2, 2 / 3, 3 / 2, 2, 3, 5]

/** The same for "the canary fails as often as the control", against more and against less often. */
export function twoSidedLogE(canaryEvents: number, controlEvents: number, share: number): number {
  return mixtureOfRatios(canaryEvents, controlEvents, share, { tolerated: 1, ratios: bothWays })
}

function mixtureOfRatios(
  canaryEvents: number,
  controlEvents: number,
  share: number,
  { tolerated, ratios: alternatives }: { tolerated: number; ratios: readonly number[] },
): number {
  const chanceAt = (ratio: number) => (share * ratio) / (share * ratio + 1 - share)
  const reference = chanceAt(tolerated)
  return logMeanExp(
    alternatives.map((ratio) => logLikelihoodRatio(canaryEvents, controlEvents, chanceAt(ratio), reference)),
  )
}
