import type { ConfirmedSwitch } from '../rollout/confirm-switch.ts'
import { liveTrafficRule } from '../rollout/live/live-traffic.ts'
import { counted } from '../shared/counted.ts'
import { confidence } from '../shared/format-number.ts'

/** What a re-run says of the switch that it was to confirm. */
export function confirmationWords(
  { isConfirmed, pBetter, pNonInferior, blocked }: ConfirmedSwitch,
  { incumbent, target, liveRequests }: { incumbent: string; target: string; liveRequests: number },
): string {
  const why = `The tier had ${counted(liveRequests, 'live request')} in ${liveTrafficRule.days} days, too few to try ${target} on, so both models were asked everything once more.`
  if (pBetter === null || pNonInferior === null) {
    return `${why} The new answers say nothing: ${incumbent} keeps the seat, and the next run tries again.`
  }
  const shown = `On the new answers alone it is ${confidence(pBetter)} certain that ${target} is better, and ${confidence(pNonInferior)} certain that its accuracy is inside the margin; each has to be 95\u202f%.`
  if (isConfirmed) return `${why} ${shown} That confirms the switch.`
  const also = blocked.length === 0 ? '' : ` Something else speaks against it, too (${blocked.join(', ')}).`
  return `${why} ${shown}${also} That does not confirm the switch: ${incumbent} keeps the seat, and the next run tries again.`
}
