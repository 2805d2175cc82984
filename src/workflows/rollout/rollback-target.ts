import type { Kysely } from 'kysely'
import { type AssignmentChange, assignmentHistory } from '../../database/assignment-queries.ts'
import { listModels } from '../../database/model-queries.ts'
import type { Tables } from '../../database/tables.ts'
import { byName, type Model } from '../../providers/model.ts'
import type { RollbackTarget } from '../../rollout/rollout-event.ts'
import { rollbackKind } from './carry-effects.ts'

/** Models that their provider cannot serve now, with the reason; whoever is not there can be asked as far as is known. */
export type Unreachable = ReadonlyMap<string, string>

const mostChanges = 1000

/**
 * The last good holder of a seat: the newest before the present one that did not give the seat back itself, is active, can
 * be asked, and is no simulated model where the seat is real.
 */
export async function rollbackTarget(
  db: Kysely<Tables>,
  tier: number,
  holder: string | undefined,
  unreachable: Unreachable = new Map(),
): Promise<RollbackTarget> {
  const changes = await assignmentHistory(db, tier, mostChanges)
  const registry = byName(await listModels(db))
  const obstacles: string[] = []
  for (const { model, gaveBack } of holdersBefore(changes, holder)) {
    const obstacle = gaveBack ? `${model} gave the seat back itself` : obstacleTo(model, holder, registry, unreachable)
    if (obstacle === undefined) return { model }
    obstacles.push(obstacle)
  }
  return { missing: obstacles.length === 0 ? 'no other model held the seat before' : obstacles.join(', ') }
}

/** Why a model cannot take a seat, in words that follow "because"; undefined where it can. */
export function obstacleTo(
  model: string,
  holder: string | undefined,
  registry: ReadonlyMap<string, Model>,
  unreachable: Unreachable = new Map(),
): string | undefined {
  const entry = registry.get(model)
  if (entry === undefined || !entry.isActive) return `${model} is retired`
  if (entry.providerKind === 'rules') return `${model} is a baseline`
  const isReal = holder !== undefined && registry.get(holder)?.providerKind !== 'simulated'
  if (entry.providerKind === 'simulated' && isReal) return `${model} is simulated`
  const reason = unreachable.get(model)
  return reason === undefined ? undefined : `${model} cannot be asked (${reason})`
}

/** Each once, the newest first; what somebody gave it later outweighs that it gave the seat back once. */
function holdersBefore(changes: readonly AssignmentChange[], holder: string | undefined) {
  const holders = new Map<string, { model: string; gaveBack: boolean }>()
  const note = (model: string | undefined, gaveBack: boolean) => {
    if (model !== undefined && model !== holder && !holders.has(model)) holders.set(model, { model, gaveBack })
  }
  for (const { model, previousModel, evidence } of changes) {
    note(model, false)
    note(previousModel, evidence?.kind === rollbackKind)
  }
  return holders.values()
}
