import type { TokenRoute } from '../../config/tier-config.ts'
import type { Model } from '../../providers/model.ts'
import type { RolloutCounts } from '../../rollout/guards/rollout-counts.ts'
import type { Baseline, FullState, Rollout, RunningState } from '../../rollout/rollout.ts'

/** All that the gateway needs to answer the requests of a tier. */
export interface TierRoute {
  tier: number
  name: string
  /** Holder of the seat; undefined: it is vacant. */
  incumbent: string | undefined
  /** Whom to ask when nobody before could answer, in this order: active, neither baselines nor simulated in a real tier. */
  fallbacks: readonly string[]
  /** By the length of the request, the shortest first; empty: whoever holds the seat answers all. */
  routes: readonly TokenRoute[]
  /** Who is tried; undefined: the holder gets every request, also while a rollout waits, is paused or in an incident. */
  rollout: RunningRollout | undefined
  /** Disagreements of both on golden samples, for the guards of the shadow; undefined: not judged. */
  goldenDisagree: RolloutCounts['goldenDisagree']
  /** The rollout that brought the holder, by which it is watched; undefined where none did. */
  full: FullRollout | undefined
  /** Above which an answer of the tier counts as slow now; undefined while there is nothing to measure by. */
  slow: Pick<Baseline, 'slowMs' | 'slowFirstTokenMs'>
}

export type RunningRollout = Rollout & { state: RunningState }
export type FullRollout = Rollout & { state: FullState }

/** Every tier of the configuration as it stands at one version of the routing. */
export interface Routing {
  /** Grows with every change of a seat, a rollout, a pin or a model; of any process. */
  version: number
  tiers: TierRoute[]
  /** The whole registry, retired models too. */
  models: readonly Model[]
}
