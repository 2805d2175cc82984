import { openAlert, raiseAlertOnce, resolveAlert } from '../database/alert-queries.ts'
import { dateWords } from '../shared/format-date.ts'
import type { Workspace } from '../workflows/workspace.ts'

const troubleKey = 'slot:schedule'

/** Nothing of the schedule begins, for a reason that is not that the database is away. */
export async function tellOfTrouble({ database, clock }: Workspace, reason: string): Promise<void> {
  await openAlert(database.db, {
    kind: 'slot',
    severity: 'critical',
    subject: 'The schedule stands still',
    message: `${reason} It is tried again every minute; what is due waits.`,
    key: troubleKey,
    tier: undefined,
    model: undefined,
    evaluationId: undefined,
    raisedAt: clock.now(),
  })
}

export async function tellThatTroubleIsOver({ database, clock }: Workspace): Promise<void> {
  await resolveAlert(database.db, troubleKey, { at: clock.now(), message: 'The schedule goes on.' })
}

/** The database could not be reached for a while; told by one of all services when it is back, as before nothing could be written. */
export async function tellOfOutage(workspace: Workspace, since: Date, reason: string): Promise<void> {
  const { database, clock, config } = workspace
  const { timeZone } = config.schedule
  const now = clock.now()
  const subject = 'The database could not be used'
  const alert = {
    kind: 'database',
    severity: 'warning',
    subject,
    message: `From ${dateWords(since, timeZone)}, or a minute earlier, to ${dateWords(now, timeZone)}: ${reason}. What was under way goes on by itself.`,
    tier: undefined,
    model: undefined,
    evaluationId: undefined,
    raisedAt: now,
  } as const
  await raiseAlertOnce(database.db, alert, since)
}
