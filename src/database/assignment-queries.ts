import { type Kysely, type Selectable, sql, type Transaction } from 'kysely'
import type { JsonObject } from '../shared/json.ts'
import { inTransaction } from './in-transaction.ts'
import { toJsonText } from './json-text.ts'
import type { Tables } from './tables.ts'

/** The seat of a tier. */
export interface Assignment {
  tier: number
  /** Undefined: the seat is vacant. */
  model: string | undefined
  previousModel: string | undefined
  reason: string
  /** `system`, `auto`, or `manual:` and the name of a person. */
  assignedBy: string
  assignedAt: Date
  canAutoRollback: boolean
  /** 0 to 100; undefined: the default of the tier. */
  rollbackThresholdAccuracy: number | undefined
}

export interface NewAssignment {
  tier: number
  /** Undefined makes the seat vacant. */
  model: string | undefined
  reason: string
  assignedBy: 'auto' | 'system' | `manual:${string}`
  at: Date
  /** What it rests on. */
  evaluationId?: string
  recommendationId?: string
  evidence?: JsonObject
  /** Undefined leaves what the seat has. */
  rollbackThresholdAccuracy?: number
  /** The holder that was known when it was decided; when somebody else holds the seat by now, nothing is changed. */
  onlyIfHeldBy?: { model: string | undefined }
}

export type AssignmentResult =
  | { status: 'assigned'; previousModel: string | undefined }
  /** The model holds the seat already; nothing was changed. */
  | { status: 'unchanged' }
  /** Somebody else took the seat meanwhile; nothing was changed. */
  | { status: 'held-by-another'; model: string | undefined }

/**
 * Gives the seat of a tier to a model. Two at once come one after the other: the row is locked. The history of the seat
 * grows by a row in the same transaction.
 */
export async function assign(db: Kysely<Tables>, assignment: NewAssignment): Promise<AssignmentResult> {
  return inTransaction(db, async (trx) => {
    if (await createSeat(trx, assignment)) return { status: 'assigned', previousModel: undefined }
    const current = await lockSeat(trx, assignment.tier)
    const { model, onlyIfHeldBy } = assignment
    if (onlyIfHeldBy !== undefined && onlyIfHeldBy.model !== current)
      return { status: 'held-by-another', model: current }
    if (current === model) return { status: 'unchanged' }
    await updateSeat(trx, assignment, current)
    return { status: 'assigned', previousModel: current }
  })
}

/** All seats in the order of their tiers. */
export async function listAssignments(db: Kysely<Tables>): Promise<Assignment[]> {
  const rows = await db.selectFrom('model_assignments').selectAll().orderBy('tier').execute()
  return rows.map(toAssignment)
}

export async function loadAssignment(db: Kysely<Tables>, tier: number): Promise<Assignment | undefined> {
  const row = await db.selectFrom('model_assignments').selectAll().where('tier', '=', tier).executeTakeFirst()
  return row === undefined ? undefined : toAssignment(row)
}

/** A row of the history of the seats. */
export interface AssignmentChange {
  tier: number
  model: string | undefined
  previousModel: string | undefined
  reason: string
  assignedBy: string
  assignedAt: Date
  evaluationId: string | undefined
  recommendationId: string | undefined
  evidence: JsonObject | undefined
}

/** The newest first. */
export async function assignmentHistory(db: Kysely<Tables>, tier: number, limit: number): Promise<AssignmentChange[]> {
  const rows = await db
    .selectFrom('assignment_history')
    .selectAll()
    .where('tier', '=', tier)
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
  return rows.map((row) => ({
    tier: row.tier,
    model: row.model ?? undefined,
    previousModel: row.previous_model ?? undefined,
    reason: row.reason ?? '',
    assignedBy: row.assigned_by ?? '',
    assignedAt: row.assigned_at ?? row.recorded_at,
    evaluationId: row.evaluation_id ?? undefined,
    recommendationId: row.recommendation_id ?? undefined,
    evidence: row.evidence ?? undefined,
  }))
}

/** A tier that was added has no row yet. False: it has one. */
async function createSeat(trx: Transaction<Tables>, assignment: NewAssignment): Promise<boolean> {
  if (assignment.onlyIfHeldBy?.model !== undefined) return false
  const created = await trx
    .insertInto('model_assignments')
    .values({
      tier: assignment.tier,
      current_model: assignment.model ?? null,
      assignment_reason: assignment.reason,
      assigned_by: assignment.assignedBy,
      assigned_at: assignment.at,
      rollback_threshold_accuracy: assignment.rollbackThresholdAccuracy ?? null,
      metadata: toJsonText(evidenceOf(assignment)),
    })
    .onConflict((conflict) => conflict.column('tier').doNothing())
    .returning('id')
    .executeTakeFirst()
  return created !== undefined
}

/** Who holds a seat, which nobody else changes until the transaction ends. */
export async function lockSeat(trx: Transaction<Tables>, tier: number): Promise<string | undefined> {
  const seat = await trx
    .selectFrom('model_assignments')
    .select('current_model')
    .where('tier', '=', tier)
    .forUpdate()
    .executeTakeFirst()
  return seat?.current_model ?? undefined
}

async function updateSeat(
  trx: Transaction<Tables>,
  assignment: NewAssignment,
  previous: string | undefined,
): Promise<void> {
  const { rollbackThresholdAccuracy: threshold } = assignment
  const evidence = toJsonText(evidenceOf(assignment))
  await trx
    .updateTable('model_assignments')
    .set({
      current_model: assignment.model ?? null,
      previous_model: previous ?? null,
      assignment_reason: assignment.reason,
      assigned_by: assignment.assignedBy,
      assigned_at: assignment.at,
      metadata: sql`(coalesce(metadata, '{}') - array['evaluationId', 'recommendationId', 'evidence']) || ${evidence}::jsonb`,
      ...(threshold === undefined ? {} : { rollback_threshold_accuracy: threshold }),
    })
    .where('tier', '=', assignment.tier)
    .execute()
}

/** The time makes it differ from what stands there: the trigger takes unchanged metadata for that of an earlier change. */
function evidenceOf({ evaluationId, recommendationId, evidence, at }: NewAssignment): object {
  return { evaluationId, recommendationId, evidence, decidedAt: at }
}

function toAssignment(row: Selectable<Tables['model_assignments']>): Assignment {
  return {
    tier: row.tier,
    model: row.current_model ?? undefined,
    previousModel: row.previous_model ?? undefined,
    reason: row.assignment_reason ?? '',
    assignedBy: row.assigned_by ?? '',
    assignedAt: row.assigned_at,
    canAutoRollback: row.can_auto_rollback,
    rollbackThresholdAccuracy: row.rollback_threshold_accuracy ?? undefined,
  }
}
