import { wilsonInterval } from '../../analysis/statistics/wilson-interval.ts'
import { type GuardSettings, guardSettings } from './guard-settings.ts'
import { mixtureLogE } from './mixture-log-e.ts'
import type { GuardName, RolloutCounts, RolloutStep } from './rollout-counts.ts'
import { sharedAlarms } from './shared-alarms.ts'
import { toleratedDisagreement, toleratedErrorRate } from './tolerated-rate.ts'

/** One-sided 95 %. */
const boundZ = 1.6448536269514722

/**
 * What a stage of a rollout should do now (decisions.md section 6.3); may be asked after every request. An alarm rolls
 * back, unless control and canary suffer alike: then it is an incident. A promotion needs bounds inside the limits, not
 * only the absence of alarms.
 */
export function rolloutStep(counts: RolloutCounts, settings: GuardSettings = guardSettings): RolloutStep {
  const { baseline } = counts
  const p0Error = toleratedErrorRate(baseline.errors, baseline.n)
  const p0Invalid = toleratedErrorRate(baseline.invalid, baseline.n)
  const logE = guardsOf(counts, p0Error, p0Invalid, settings)
  const alarms = (Object.keys(logE) as GuardName[])
    .filter((guard) => (logE[guard] ?? 0) >= Math.log(1 / settings.alpha))
    .toSorted()
  const upper95 = boundsOf(counts)
  const proven =
    upper95.error <= settings.boundFactor * p0Error &&
    upper95.invalid <= settings.boundFactor * p0Invalid &&
    upper95.latency <= settings.slowBound
  const { isIncident, ...evidence } = sharedAlarms(counts, alarms, p0Error, settings)
  const step = { p0Error, p0Invalid, logE, alarms, upper95, proven, ...evidence }
  if (alarms.length > 0) return { ...step, decision: isIncident ? 'incident' : 'rollback' }
  return { ...step, ...withoutAlarm(counts, proven, settings) }
}

function guardsOf(
  { stage, canary, goldenDisagree }: RolloutCounts,
  p0Error: number,
  p0Invalid: number,
  settings: GuardSettings,
): RolloutStep['logE'] {
  const logE: RolloutStep['logE'] = {
    error: mixtureLogE(canary.errors, canary.n, p0Error),
    invalid: mixtureLogE(canary.invalid, canary.n, p0Invalid),
    latency: mixtureLogE(canary.slow, canary.n, settings.toleratedSlow, settings.slowMultiples),
  }
  if (stage !== 'shadow' || goldenDisagree === undefined || canary.disagree === undefined) return logE
  const p0 = toleratedDisagreement(goldenDisagree.k, goldenDisagree.n)
  return { ...logE, disagree: mixtureLogE(canary.disagree, canary.n, p0, settings.disagreementMultiples) }
}

function boundsOf({ canary }: RolloutCounts): RolloutStep['upper95'] {
  const upper = (events: number) => wilsonInterval(events, canary.n, boundZ)?.[1] ?? 1
  return { error: upper(canary.errors), invalid: upper(canary.invalid), latency: upper(canary.slow) }
}

function withoutAlarm(
  { stage, hours, canary, baseline }: RolloutCounts,
  proven: boolean,
  settings: GuardSettings,
): Pick<RolloutStep, 'decision'> & Partial<Pick<RolloutStep, 'alarms'>> {
  // There is nothing to be measured against yet: neither a promotion nor a failure to prove anything.
  if (baseline.n < settings.leastBaseline) return { decision: 'hold' }
  const isMature = canary.n >= settings.leastRequests[stage] && hours >= settings.leastHours[stage]
  if (isMature && proven) return { decision: 'promote' }
  if (canary.n >= settings.mostRequests && !proven) return { decision: 'rollback', alarms: ['unproven'] }
  return { decision: 'hold' }
}
