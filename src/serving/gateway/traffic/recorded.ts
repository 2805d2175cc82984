import type { BatchNumber } from '../../../database/writer-queries.ts'
import type { LiveObservation } from '../../../rollout/live/live-observation.ts'
import type { TierRoute } from '../../../workflows/rollout/tier-route.ts'

/** An observation with what its guards need; of a model that was asked by its name there are none. */
export interface Recorded {
  observation: LiveObservation
  route: TierRoute | undefined
}

/** Observations that are stored together, and however often that is tried, once. */
export interface Batch extends BatchNumber {
  recorded: readonly Recorded[]
}
