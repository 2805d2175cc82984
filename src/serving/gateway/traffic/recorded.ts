import type { LiveObservation } from '../../../rollout/live/live-observation.ts'
import type { TierRoute } from '../../../workflows/rollout/tier-route.ts'

/** An observation with what its guards need; of a model that was asked by its name there are none. */
export interface Recorded {
  observation: LiveObservation
  route: TierRoute | undefined
}
