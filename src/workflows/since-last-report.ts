import type { Kysely } from 'kysely'
import { type Alert, listAlerts } from '../database/alert-queries.ts'
import { listCycles } from '../database/cycle-queries.ts'
import type { Tables } from '../database/tables.ts'
import { dayAndMonth } from '../shared/format-date.ts'

const kinds: readonly Alert['kind'][] = ['rollout', 'drift', 'model-retired']
const mostAlerts = 200
const mostCycles = 50

/**
 * What happened to the seats between the report before and the start of this cycle, the oldest first: who reads only the
 * report of a week has to learn of it. What went as it should is left out.
 */
export async function sinceLastReport(db: Kysely<Tables>, startedAt: Date, timeZone: string): Promise<string[]> {
  const cycles = await listCycles(db, mostCycles)
  const last = cycles.find(({ status, finishedAt = startedAt }) => status === 'completed' && finishedAt < startedAt)
  if (last?.finishedAt === undefined) return []
  return eventSentences(await listAlerts(db, mostAlerts), { since: last.finishedAt, until: startedAt, timeZone })
}

export function eventSentences(
  alerts: readonly Pick<Alert, 'kind' | 'severity' | 'subject' | 'raisedAt'>[],
  { since, until, timeZone }: { since: Date; until: Date; timeZone: string },
): string[] {
  return alerts
    .filter(({ kind, severity }) => kinds.includes(kind) && severity !== 'info')
    .filter(({ raisedAt }) => raisedAt > since && raisedAt <= until)
    .toSorted((one, other) => one.raisedAt.getTime() - other.raisedAt.getTime())
    .map(({ subject, raisedAt }) => `Since the last report, ${dayAndMonth(raisedAt, timeZone)}: ${subject}.`)
}
