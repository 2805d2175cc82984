import type { Kysely } from 'kysely'
import { loadPin } from '../../database/pin-queries.ts'
import { currentRollouts } from '../../database/rollout-queries.ts'
import type { Tables } from '../../database/tables.ts'
import type { Rollout, Stage } from '../../rollout/rollout.ts'
import { stateSentence } from '../../rollout/state-sentence.ts'
import type { Workspace } from '../workspace.ts'
import type { LookedAt } from './looks.ts'
import { rolloutProgress } from './rollout-progress.ts'

/** What moves on a tier, or does not. Times are ISO 8601; unknown is null. */
export interface RolloutStanding {
  /** The one on its way before the one that brought the holder of the seat. */
  rollouts: {
    id: string
    kind: Rollout['kind']
    stage: Stage
    incumbent: string
    challenger: string
    /** Of the requests, to the challenger; null outside of a partial rollout. */
    share: number | null
    verdict: Rollout['verdict']
    since: string
    /** When it has waited long enough; null: nothing is waited for. */
    until: string | null
    sentence: string
    /** What a running stage still waits for. */
    progress: string | null
  }[]
  pin: { model: string; by: string; reason: string; since: string } | null
}

/** The same of every tier of the configuration. */
export async function tierMovements({
  config,
  database,
  clock,
}: Workspace): Promise<{ tier: number; movement: RolloutStanding }[]> {
  const tiers: { tier: number; movement: RolloutStanding }[] = []
  for (const { id } of config.tiers) {
    tiers.push({ tier: id, movement: await rolloutStanding(database.db, id, { config, now: clock.now() }) })
  }
  return tiers
}

export async function rolloutStanding(
  db: Kysely<Tables>,
  tier: number,
  at: Pick<LookedAt, 'config' | 'now'>,
): Promise<RolloutStanding> {
  const rollouts: RolloutStanding['rollouts'] = []
  for (const rollout of await currentRollouts(db)) {
    if (rollout.tier !== tier) continue
    const { id, kind, state, incumbent, challenger, verdict } = rollout
    rollouts.push({
      id,
      kind,
      incumbent,
      challenger,
      verdict,
      stage: state.stage,
      share: state.stage === 'partial' ? state.share : null,
      since: state.since.toISOString(),
      until: 'until' in state ? state.until.toISOString() : null,
      sentence: stateSentence(rollout),
      progress: (await rolloutProgress(db, rollout, at)) ?? null,
    })
  }
  const pin = await loadPin(db, tier)
  return { rollouts, pin: pin === undefined ? null : pinned(pin) }
}

function pinned({ model, by, reason, at }: NonNullable<Awaited<ReturnType<typeof loadPin>>>) {
  return { model, by, reason, since: at.toISOString() }
}
