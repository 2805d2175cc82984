import type { Kysely, Selectable } from 'kysely'
import type { Tables } from './tables.ts'

export const alertKinds = ['model-retired', 'run-invalid', 'drift', 'rollout'] as const
export type AlertKind = (typeof alertKinds)[number]

/** Something that went wrong and that people should know of. */
export interface Alert {
  kind: AlertKind
  severity: 'info' | 'warning' | 'critical'
  /** In one line. */
  subject: string
  /** What happened, what the system did, what a person may do. */
  message: string
  tier: number | undefined
  model: string | undefined
  evaluationId: string | undefined
  raisedAt: Date
}

export async function raiseAlert(db: Kysely<Tables>, alert: Alert): Promise<void> {
  await db
    .insertInto('alerts')
    .values({
      kind: alert.kind,
      severity: alert.severity,
      subject: alert.subject,
      message: alert.message,
      tier: alert.tier ?? null,
      model_name: alert.model ?? null,
      evaluation_id: alert.evaluationId ?? null,
      raised_at: alert.raisedAt,
    })
    .execute()
}

/** Raises an alert unless one of the same subject was raised since then. False: it was. */
export async function raiseAlertOnce(db: Kysely<Tables>, alert: Alert, since: Date): Promise<boolean> {
  const raised = await db
    .selectFrom('alerts')
    .select('id')
    .where('subject', '=', alert.subject)
    .where('raised_at', '>=', since)
    .limit(1)
    .executeTakeFirst()
  if (raised !== undefined) return false
  await raiseAlert(db, alert)
  return true
}

/** The newest first. */
export async function listAlerts(db: Kysely<Tables>, limit: number): Promise<Alert[]> {
  const rows = await db.selectFrom('alerts').selectAll().orderBy('id', 'desc').limit(limit).execute()
  return rows.map(toAlert)
}

function toAlert(row: Selectable<Tables['alerts']>): Alert {
  return {
    kind: row.kind as AlertKind,
    severity: row.severity as Alert['severity'],
    subject: row.subject,
    message: row.message,
    tier: row.tier ?? undefined,
    model: row.model_name ?? undefined,
    evaluationId: row.evaluation_id ?? undefined,
    raisedAt: row.raised_at,
  }
}
