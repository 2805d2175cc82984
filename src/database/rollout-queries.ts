import type { Kysely, Selectable, Transaction } from 'kysely'
import type { Rollout, Stage } from '../rollout/rollout.ts'
import type { JsonObject } from '../shared/json.ts'
import { inTransaction } from './in-transaction.ts'
import { toJsonText } from './json-text.ts'
import { loadPins } from './pin-queries.ts'
import { changingColumns, toRollout } from './rollout-row.ts'
import type { Tables } from './tables.ts'

/** What happened to a rollout, for its history. */
export interface NewRolloutEvent {
  at: Date
  /** `auto`, or `manual:` and the name of a person. */
  by: string
  /** What happened: `opened`, or the kind of the event. */
  event: string
  /** In a sentence. */
  sentence: string
  /** What a person gave as the reason. */
  reason: string | undefined
  /** What it was decided on: plain data. */
  evidence: object | undefined
  /** The state that it led to, in a sentence (`stateSentence`). */
  stateSentence: string
}

/**
 * Stores a new rollout with its first event.
 * @returns `exists` when another one of the tier was opened meanwhile; nothing is stored then
 */
export async function insertRollout(
  db: Kysely<Tables>,
  rollout: Rollout,
  event: NewRolloutEvent,
): Promise<'inserted' | 'exists'> {
  return inTransaction(db, async (trx) => {
    const inserted = await trx
      .insertInto('rollouts')
      .values({
        id: rollout.id,
        tier: rollout.tier,
        kind: rollout.kind,
        incumbent: rollout.incumbent,
        challenger: rollout.challenger,
        created_at: rollout.createdAt,
        settings: toJsonText(rollout.settings),
        ...changingColumns(rollout, event.stateSentence),
      })
      .onConflict((conflict) => conflict.doNothing())
      .returning('id')
      .executeTakeFirst()
    if (inserted === undefined) return 'exists'
    await insertEvent(trx, rollout, undefined, event)
    return 'inserted'
  })
}

/**
 * Stores a rollout after a change, with the event: both or neither. Needs `lockRollout` in the same transaction, so that of
 * two changes at once the second sees the first.
 */
export async function updateRollout(
  trx: Transaction<Tables>,
  rollout: Rollout,
  event: NewRolloutEvent & { from: Stage },
): Promise<void> {
  await trx
    .updateTable('rollouts')
    .set(changingColumns(rollout, event.stateSentence))
    .where('id', '=', rollout.id)
    .execute()
  await insertEvent(trx, rollout, event.from, event)
}

/** The rollout as it is now, which nobody else changes until the transaction ends. Counting goes on. */
export async function lockRollout(trx: Transaction<Tables>, id: string): Promise<Rollout | undefined> {
  const row = await trx.selectFrom('rollouts').selectAll().where('id', '=', id).forNoKeyUpdate().executeTakeFirst()
  return row === undefined ? undefined : (await withPins(trx, [row]))[0]
}

export async function loadRollout(db: Kysely<Tables>, id: string): Promise<Rollout | undefined> {
  const row = await db.selectFrom('rollouts').selectAll().where('id', '=', id).executeTakeFirst()
  return row === undefined ? undefined : (await withPins(db, [row]))[0]
}

const currentStages: readonly Stage[] = ['proposed', 'shadow', 'partial', 'paused', 'incident', 'full']

/** Every rollout that has not ended, by tier: the open one before the one that brought the holder of the seat. */
export async function currentRollouts(db: Kysely<Tables>): Promise<Rollout[]> {
  const rows = await db
    .selectFrom('rollouts')
    .selectAll()
    .where('stage', 'in', currentStages)
    .orderBy('tier')
    .orderBy('created_at', 'desc')
    .execute()
  return withPins(db, rows)
}

/** The rollouts of a tier, the newest first. @param challenger only those of one model */
export async function listRollouts(
  db: Kysely<Tables>,
  { tier, challenger, limit }: { tier: number; challenger?: string; limit: number },
): Promise<Rollout[]> {
  const rows = await db
    .selectFrom('rollouts')
    .selectAll()
    .where('tier', '=', tier)
    .$if(challenger !== undefined, (query) => query.where('challenger', '=', challenger ?? ''))
    .orderBy('created_at', 'desc')
    .limit(limit)
    .execute()
  return withPins(db, rows)
}

export interface StoredRolloutEvent extends Omit<NewRolloutEvent, 'stateSentence'> {
  id: number
  rolloutId: string
  tier: number
  fromStage: Stage | undefined
  toStage: Stage
  evidence: JsonObject | undefined
}

/** The newest first. */
export async function rolloutEvents(
  db: Kysely<Tables>,
  of: { rolloutId: string } | { tier: number },
  limit: number,
): Promise<StoredRolloutEvent[]> {
  const rows = await db
    .selectFrom('rollout_events')
    .selectAll()
    .$call((query) => ('tier' in of ? query.where('tier', '=', of.tier) : query.where('rollout_id', '=', of.rolloutId)))
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
  return rows.map((row) => ({
    id: row.id,
    rolloutId: row.rollout_id,
    tier: row.tier,
    at: row.at,
    by: row.by,
    event: row.event,
    fromStage: (row.from_stage as Stage | null) ?? undefined,
    toStage: row.to_stage as Stage,
    sentence: row.sentence,
    reason: row.reason ?? undefined,
    evidence: row.evidence ?? undefined,
  }))
}

async function insertEvent(
  trx: Transaction<Tables>,
  { id, tier, state }: Rollout,
  from: Stage | undefined,
  { at, by, event, sentence, reason, evidence }: NewRolloutEvent,
): Promise<void> {
  await trx
    .insertInto('rollout_events')
    .values({
      rollout_id: id,
      tier,
      at,
      by,
      event,
      sentence,
      from_stage: from ?? null,
      to_stage: state.stage,
      reason: reason ?? null,
      evidence: evidence === undefined ? null : toJsonText(evidence),
    })
    .execute()
}

async function withPins(db: Kysely<Tables>, rows: readonly Selectable<Tables['rollouts']>[]): Promise<Rollout[]> {
  const pins = new Map((await loadPins(db)).map((pin) => [pin.tier, pin]))
  return rows.map((row) => {
    const pin = pins.get(row.tier)
    return toRollout(row, pin && { model: pin.model, by: pin.by, reason: pin.reason, at: pin.at })
  })
}
