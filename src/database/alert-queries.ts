import { type Kysely, type Selectable, sql } from 'kysely'
import { inTransaction } from './in-transaction.ts'
import type { Tables } from './tables.ts'

export const alertKinds = [
  'model-retired',
  'model-found',
  'run-invalid',
  'drift',
  'rollout',
  'slot',
  'budget',
  'quota',
  'delivery',
  'database',
  'live',
] as const
export type AlertKind = (typeof alertKinds)[number]

/** Something that people should know of, as whoever notices it says it. */
export interface NewAlert {
  kind: AlertKind
  severity: 'info' | 'warning' | 'critical'
  /** In one line. */
  subject: string
  /** What else is to be said of it: it is shown after the subject. What the system did, what a person may do. */
  message: string
  /** The event, where it has an end: while an alert of a key is open there is no second one. */
  key?: string | undefined
  tier: number | undefined
  model: string | undefined
  evaluationId: string | undefined
  raisedAt: Date
}

/** An alert as it stands. */
export interface Alert extends NewAlert {
  id: number
  key: string | undefined
  /** Undefined while it is open, and always where it has no key. */
  resolvedAt: Date | undefined
  /** How it ended. */
  resolution: string | undefined
  /** When people were last reminded of it. */
  remindedAt: Date | undefined
}

/** Raises an alert; nothing happens where one of its key is open. */
export async function raiseAlert(db: Kysely<Tables>, alert: NewAlert): Promise<void> {
  await openAlert(db, alert)
}

/** False: one of its key is open already. */
export async function openAlert(db: Kysely<Tables>, alert: NewAlert): Promise<boolean> {
  const opened = await db
    .insertInto('alerts')
    .values({
      kind: alert.kind,
      severity: alert.severity,
      subject: alert.subject,
      message: alert.message,
      key: alert.key ?? null,
      tier: alert.tier ?? null,
      model_name: alert.model ?? null,
      evaluation_id: alert.evaluationId ?? null,
      raised_at: alert.raisedAt,
    })
    .onConflict((conflict) =>
      conflict.column('key').where('key', 'is not', null).where('resolved_at', 'is', null).doNothing(),
    )
    .returning('id')
    .executeTakeFirst()
  return opened !== undefined
}

/** Raises an alert unless one of the same subject was raised since then, by whichever process. False: it was. */
export function raiseAlertOnce(db: Kysely<Tables>, alert: NewAlert, since: Date): Promise<boolean> {
  return inTransaction(db, async (trx) => {
    await sql`select pg_advisory_xact_lock(hashtext(${alert.subject}))`.execute(trx)
    const raised = await trx
      .selectFrom('alerts')
      .select('id')
      .where('subject', '=', alert.subject)
      .where('raised_at', '>=', since)
      .limit(1)
      .executeTakeFirst()
    if (raised !== undefined) return false
    return openAlert(trx, alert)
  })
}

/**
 * Says that the event of an alert is over, and how it ended. False: no alert of this key is open.
 * @param message for people, such as "Slack takes messages again."
 */
export async function resolveAlert(
  db: Kysely<Tables>,
  key: string,
  { at, message }: { at: Date; message: string },
): Promise<boolean> {
  const resolved = await db
    .updateTable('alerts')
    .set({ resolved_at: at, resolution: message })
    .where('key', '=', key)
    .where('resolved_at', 'is', null)
    .executeTakeFirst()
  return resolved.numUpdatedRows > 0n
}

/** The newest first. Only those with a key are ever open. */
export async function listAlerts(
  db: Kysely<Tables>,
  limit: number,
  { openOnly = false }: { openOnly?: boolean } = {},
): Promise<Alert[]> {
  let query = db.selectFrom('alerts').selectAll().orderBy('id', 'desc').limit(limit)
  if (openOnly) query = query.where('key', 'is not', null).where('resolved_at', 'is', null)
  return (await query.execute()).map(toAlert)
}

/** All of a kind that were ever raised, the oldest first. */
export async function alertsOfKind(db: Kysely<Tables>, kind: AlertKind): Promise<Alert[]> {
  return (await db.selectFrom('alerts').selectAll().where('kind', '=', kind).orderBy('id').execute()).map(toAlert)
}

export async function loadAlerts(db: Kysely<Tables>, ids: readonly number[]): Promise<Alert[]> {
  if (ids.length === 0) return []
  return (await db.selectFrom('alerts').selectAll().where('id', 'in', ids).orderBy('id').execute()).map(toAlert)
}

/** The alerts of which nobody has decided yet to whom they go, the oldest first; from now on somebody has. */
export async function takeUnroutedAlerts(db: Kysely<Tables>, now: Date): Promise<Alert[]> {
  const rows = await db
    .updateTable('alerts')
    .set({ routed_at: now })
    .where('routed_at', 'is', null)
    .returningAll()
    .execute()
  return rows.map(toAlert).sort((one, other) => one.id - other.id)
}

export async function resolvedSince(db: Kysely<Tables>, since: Date): Promise<Alert[]> {
  const rows = await db.selectFrom('alerts').selectAll().where('resolved_at', '>=', since).orderBy('id').execute()
  return rows.map(toAlert)
}

/** False when another process has noted the reminder already, or the alert is not open any more. */
export async function noteReminder(db: Kysely<Tables>, { id, remindedAt }: Alert, now: Date): Promise<boolean> {
  const noted = await db
    .updateTable('alerts')
    .set({ reminded_at: now })
    .where('id', '=', id)
    .where('reminded_at', 'is not distinct from', remindedAt ?? null)
    .where('resolved_at', 'is', null)
    .executeTakeFirst()
  return noted.numUpdatedRows > 0n
}

const longestNoticeMs = 10 * 60_000

/** The evaluation whose call was answered that there is no such model, before that was retired; undefined: none was. */
export async function evaluationThatMissed(
  db: Kysely<Tables>,
  model: string,
  retiredAt: Date,
): Promise<string | undefined> {
  const outcome = await db
    .selectFrom('model_test_outcomes')
    .select('evaluation_id')
    .where('asked_at', '>=', new Date(retiredAt.getTime() - longestNoticeMs))
    .where('asked_at', '<=', retiredAt)
    .where('model_name', '=', model)
    .where('failure_kind', '=', 'model-not-found')
    .orderBy('asked_at', 'desc')
    .limit(1)
    .executeTakeFirst()
  return outcome?.evaluation_id
}

function toAlert(row: Selectable<Tables['alerts']>): Alert {
  return {
    id: row.id,
    kind: row.kind as AlertKind,
    severity: row.severity as Alert['severity'],
    subject: row.subject,
    message: row.message,
    key: row.key ?? undefined,
    tier: row.tier ?? undefined,
    model: row.model_name ?? undefined,
    evaluationId: row.evaluation_id ?? undefined,
    raisedAt: row.raised_at,
    resolvedAt: row.resolved_at ?? undefined,
    resolution: row.resolution ?? undefined,
    remindedAt: row.reminded_at ?? undefined,
  }
}
