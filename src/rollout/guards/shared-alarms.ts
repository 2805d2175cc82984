import type { GuardSettings } from './guard-settings.ts'
import { mixtureLogE } from './mixture-log-e.ts'
import { relativeLogE } from './relative-log-e.ts'
import type { GuardName, RolloutCounts, RolloutStep } from './rollout-counts.ts'

type Evidence = Pick<RolloutStep, 'controlLogE' | 'relLogE' | 'controlLatencyLogE' | 'relLatencyLogE'>

/**
 * Whether the control suffers as the canary does, so that the challenger is not to blame: each alarm, errors and slowness
 * only, sounds on the control too, and the canary is not shown to be worse than the control.
 */
export function sharedAlarms(
  counts: RolloutCounts,
  alarms: readonly GuardName[],
  p0Error: number,
  settings: GuardSettings,
): Evidence & { isIncident: boolean } {
  const { canary, control } = counts
  const isShareable = alarms.length > 0 && alarms.every((alarm) => alarm === 'error' || alarm === 'latency')
  if (!isShareable || control.n === 0) return { isIncident: false }
  const share = counts.stage === 'shadow' ? 0.5 : counts.share
  const isShared = (onControl: number, relative: number) =>
    onControl >= Math.log(1 / settings.alpha) && relative < Math.log(1 / settings.alphaRelative)

  const evidence: Evidence = {}
  let isErrorShared = true
  if (alarms.includes('error')) {
    const controlLogE = mixtureLogE(control.errors, control.n, p0Error)
    const relLogE = relativeLogE(canary.errors, control.errors, share)
    isErrorShared = isShared(controlLogE, relLogE)
    Object.assign(evidence, { controlLogE, relLogE })
  }
  if (!alarms.includes('latency') || (alarms.includes('error') && isSlownessOfErrors(counts, settings))) {
    return { ...evidence, isIncident: isErrorShared }
  }
  if (control.slow === undefined) return { ...evidence, isIncident: false }
  const controlLatencyLogE = mixtureLogE(control.slow, control.n, settings.toleratedSlow, settings.slowMultiples)
  const relLatencyLogE = relativeLogE(canary.slow, control.slow, share)
  const isIncident = isErrorShared && isShared(controlLatencyLogE, relLatencyLogE)
  return { ...evidence, controlLatencyLogE, relLatencyLogE, isIncident }
}

/** Errors count as slow: an alarm for slowness that is silent without them is theirs. */
function isSlownessOfErrors({ canary }: RolloutCounts, settings: GuardSettings): boolean {
  const slow = Math.max(0, canary.slow - canary.errors)
  const logE = mixtureLogE(slow, canary.n - canary.errors, settings.toleratedSlow, settings.slowMultiples)
  return logE < Math.log(1 / settings.alpha)
}
