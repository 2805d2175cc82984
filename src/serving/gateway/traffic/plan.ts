import type { Model } from '../../../providers/model.ts'
import type { LiveObservation } from '../../../rollout/live/live-observation.ts'
import { isForChallenger } from '../../../rollout/split.ts'
import type { RunningRollout, TierRoute } from '../../../workflows/rollout/tier-route.ts'
import { modelUnavailable } from './model-unavailable.ts'
import type { Routes } from './routes.ts'

/** Whom to ask for one request, one after the other until somebody answers. */
export interface Plan {
  /** Undefined where the application named a model. */
  route: TierRoute | undefined
  stage: LiveObservation['stage']
  /** Whose arms the attempts are; in the shadow they count for it only where a copy is made. */
  rollout: RunningRollout | undefined
  attempts: readonly PlannedAttempt[]
}

export interface PlannedAttempt {
  model: Model
  arm: LiveObservation['arm']
}

/** A model that the application named: nobody takes its place. */
export function planForModel(model: Model): Plan {
  return { route: undefined, stage: 'none', rollout: undefined, attempts: [{ model, arm: 'direct' }] }
}

/**
 * The holder of the seat, or the challenger for its share of the keys and the holder after it; then the fallbacks. Models
 * that were retired meanwhile are passed over.
 * @param key what the choice sticks to
 * @throws GatewayError 503 when nobody is left to ask
 */
export function planForSeat(routes: Routes, route: TierRoute, key: string): Plan {
  const { rollout, incumbent, fallbacks } = route
  const challenger = rollout !== undefined && isChosen(rollout, key) ? rollout.challenger : undefined
  const names = [challenger, incumbent, ...fallbacks].filter((name) => name !== undefined)
  const attempts = attemptsOf(routes, route, names, (name) => {
    if (challenger !== undefined) return name === challenger ? 'challenger' : 'fallback'
    return name === incumbent ? 'incumbent' : 'fallback'
  })
  return { route, stage: rollout?.state.stage ?? (route.full === undefined ? 'none' : 'full'), rollout, attempts }
}

function isChosen({ id, state }: RunningRollout, key: string): boolean {
  return state.stage === 'partial' && isForChallenger(id, key, state.share)
}

/**
 * A model that a tier names for requests of such a length, and whoever comes after it. It is no arm of a rollout.
 * @param names in the order in which they are asked
 * @throws GatewayError 503 when nobody is left to ask
 */
export function planForLength(routes: Routes, route: TierRoute, names: readonly string[]): Plan {
  const attempts = attemptsOf(routes, route, names, (name) => (name === names[0] ? 'direct' : 'fallback'))
  return { route, stage: 'none', rollout: undefined, attempts }
}

function attemptsOf(
  { models }: Routes,
  { tier, name: tierName }: TierRoute,
  names: readonly string[],
  armOf: (name: string) => PlannedAttempt['arm'],
): PlannedAttempt[] {
  const attempts: PlannedAttempt[] = []
  for (const name of new Set(names)) {
    const model = models.get(name)
    if (model !== undefined) attempts.push({ model, arm: armOf(name) })
  }
  if (attempts.length > 0) return attempts
  const found = names.length === 0 ? 'but it is vacant' : `but none of ${names.join(', ')} is active`
  throw modelUnavailable(
    `Expected a model for tier ${tier} (${tierName}), ${found}. Give it one: npx incumbent assign ${tier} <model>`,
  )
}
