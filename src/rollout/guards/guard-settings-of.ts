import type { TierRollout } from '../../config/tier-rollout.ts'
import { type GuardSettings, guardSettings } from './guard-settings.ts'

/** The guards of a tier: its owner's thresholds over the defaults. */
export function guardSettingsOf({ shadow, partial, guards }: TierRollout): GuardSettings {
  return {
    ...guardSettings,
    ...guards,
    leastRequests: { shadow: shadow.requests, partial: partial.requests },
    leastHours: { shadow: shadow.hours, partial: partial.hours },
  }
}
