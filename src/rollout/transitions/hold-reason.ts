import { counted, countedOf } from '../../shared/counted.ts'
import { guardSettingsOf } from '../guards/guard-settings-of.ts'
import type { Rollout, RunningState } from '../rollout.ts'
import type { StepEvent } from '../rollout-event.ts'

/** Why a running stage does not go on yet, in one sentence with its figures. */
export function holdReason(rollout: Rollout, state: RunningState, { counts, step }: StepEvent): string {
  const { leastRequests, leastHours, leastBaseline } = guardSettingsOf(rollout.settings)
  const { n } = counts.canary
  if (rollout.baseline === undefined) {
    return `${countedOf(counts.baseline.n, leastBaseline, 'request')} of the incumbent are known: until then nothing is compared.`
  }
  const hours = reached(Math.floor(counts.hours), leastHours[state.stage], 'hour')
  const requests = reached(n, leastRequests[state.stage], 'request')
  const seen = leastHours[state.stage] === 0 ? requests : `${requests} and ${hours}`
  const isMature = n >= leastRequests[state.stage] && counts.hours >= leastHours[state.stage]
  if (!isMature) return `${seen} in the ${state.stage === 'shadow' ? 'shadow' : 'partial rollout'}.`
  return step.proven ? `${seen}, and nothing speaks against it.` : `${seen}, which do not yet exclude harm.`
}

/** `143 of 200 requests`; where there are enough, only how many. */
function reached(now: number, least: number, noun: string): string {
  return now < least ? countedOf(now, least, noun) : counted(now, noun)
}
