import type { Kysely } from 'kysely'
import type { TierConfig } from '../../config/tier-config.ts'
import { listAssignments } from '../../database/assignment-queries.ts'
import { currentRollouts } from '../../database/rollout-queries.ts'
import { routingVersion } from '../../database/routing-version.ts'
import type { Tables } from '../../database/tables.ts'
import { byName, type Model } from '../../providers/model.ts'
import { isOpen, isRunning, type Rollout } from '../../rollout/rollout.ts'
import { pricedModels } from '../priced-models.ts'
import type { Workspace } from '../workspace.ts'
import { goldenDisagreement } from './golden-disagreement.ts'
import { obstacleTo } from './rollback-target.ts'
import type { FullRollout, Routing, RunningRollout, TierRoute } from './tier-route.ts'

/**
 * Who answers what, at one version of the routing: when another process changes something meanwhile, the version is the
 * earlier one, so that whoever compares it with `routingVersion` loads again.
 */
export async function loadRouting({ config, database: { db } }: Workspace): Promise<Routing> {
  const version = await routingVersion(db)
  const seats = new Map((await listAssignments(db)).map((seat) => [seat.tier, seat.model]))
  const models = await pricedModels(db, config)
  const registry = byName(models)
  const rollouts = Map.groupBy(await currentRollouts(db), ({ tier }) => tier)
  const tiers: TierRoute[] = []
  for (const tier of config.tiers) {
    tiers.push(await routeOf(db, tier, seats.get(tier.id), registry, rollouts.get(tier.id) ?? []))
  }
  return { version, tiers, models }
}

async function routeOf(
  db: Kysely<Tables>,
  { id, name, fallbacks, routes }: TierConfig,
  incumbent: string | undefined,
  registry: ReadonlyMap<string, Model>,
  rollouts: readonly Rollout[],
): Promise<TierRoute> {
  // Of one that has another holder in mind nothing is left but to be told so (`decideRollout`).
  const open = rollouts.find((rollout) => isOpen(rollout.state) && rollout.incumbent === incumbent)
  const rollout = open !== undefined && isRunningRollout(open) ? open : undefined
  const full = rollouts.filter(isFullRollout).find(({ challenger }) => challenger === incumbent)
  const { slowMs, slowFirstTokenMs } = open?.baseline ?? full?.baseline ?? {}
  return {
    tier: id,
    name,
    incumbent,
    fallbacks: fallbacks.filter((model) => model !== incumbent && obstacleTo(model, incumbent, registry) === undefined),
    routes,
    rollout,
    goldenDisagree: rollout?.state.stage === 'shadow' ? await goldenDisagreement(db, rollout) : undefined,
    full,
    slow: { slowMs, slowFirstTokenMs },
  }
}

function isRunningRollout(rollout: Rollout): rollout is RunningRollout {
  return isRunning(rollout.state)
}

function isFullRollout(rollout: Rollout): rollout is FullRollout {
  return rollout.state.stage === 'full'
}
