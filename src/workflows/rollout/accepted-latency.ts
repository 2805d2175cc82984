import type { Kysely } from 'kysely'
import type { Config } from '../../config/config.ts'
import { loadRuns } from '../../database/run-queries.ts'
import type { Tables } from '../../database/tables.ts'
import type { AcceptedLatency } from '../../rollout/live/slow-limit.ts'
import type { Rollout } from '../../rollout/rollout.ts'

/** How slow a challenger may be: what the tier allows, and what its recommendation has accepted on golden samples. */
export async function acceptedLatency(
  db: Kysely<Tables>,
  { tiers }: Config,
  { tier, evaluationId, incumbent, challenger }: Pick<Rollout, 'tier' | 'evaluationId' | 'incumbent' | 'challenger'>,
): Promise<AcceptedLatency> {
  const runs = evaluationId === undefined ? [] : await loadRuns(db, evaluationId)
  const p95Of = (name: string) => runs.find(({ model }) => model === name)?.summary?.latencyMs.p95 ?? undefined
  const limit = tiers.find(({ id }) => id === tier)?.targets.p95Ms
  return {
    sloP95Ms: typeof limit === 'number' ? limit : undefined,
    goldenP95Ms: { challenger: p95Of(challenger), incumbent: p95Of(incumbent) },
  }
}
