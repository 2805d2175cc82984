import { wilsonInterval } from '../../analysis/statistics/wilson-interval.ts'
import { type Alert, listAlerts } from '../../database/alert-queries.ts'
import { countSwitches, listAssignmentLog } from '../../database/assignment-log-queries.ts'
import type { LiveTotals } from '../../database/live-total-queries.ts'
import { overviewSentence } from '../../reporting/overview-sentence.ts'
import type { Workspace } from '../workspace.ts'
import { loadAllSeats } from './all-seats.ts'
import { iso } from './iso.ts'
import { keptSums, type MonthCosts } from './kept-sums.ts'
import { type LogLine, logLine } from './log-line.ts'
import { type SeatFacts, type SeatPicture, seatFacts } from './seat-picture.ts'

/** Where everything stands. Times are ISO 8601; unknown is null. */
export interface OverviewPage {
  at: string
  /** When the newest evaluation ended. */
  evaluatedAt: string | null
  headline: string
  waiting: Waiting[]
  month: MonthCosts & { budgetUsd: number | null }
  /** Of the last seven days. */
  live: LiveTotals & { failedCi95: [number, number] | null }
  /** Of the last 52 weeks. */
  switches: { total: number; back: number }
  tested: { models: number; notTested: number }
  seats: SeatPicture[]
  decisions: LogLine[]
  alerts: AlertLine[]
}

/** What goes on only when a person does something. */
export interface Waiting {
  tier: number | null
  sentence: string
  link: { words: string; path: string } | null
}

export interface AlertLine {
  at: string
  severity: Alert['severity']
  subject: string
  message: string
  isOpen: boolean
  resolvedAt: string | null
}

const dayMs = 86_400_000
const mostDecisions = 8
const mostAlerts = 6
const daysOfAlerts = 14

export async function overviewPage(workspace: Workspace): Promise<OverviewPage> {
  const { config, database, clock } = workspace
  const { db } = database
  const now = clock.now()
  const before = (days: number) => new Date(now.getTime() - days * dayMs)
  const all = await loadAllSeats(database)
  const facts: SeatFacts[] = []
  for (const tier of config.tiers) facts.push(await seatFacts(workspace, tier, all))
  const seats = facts.map(({ picture }) => picture)
  const { switches, ofThemBack } = await countSwitches(db, before(364))
  const alerts = await listAlerts(db, 50)
  const { month, live } = await keptSums(db, now)
  return {
    at: now.toISOString(),
    evaluatedAt:
      seats
        .flatMap(({ verdict }) => verdict?.at ?? [])
        .sort()
        .at(-1) ?? null,
    headline: overviewSentence(seats.map((seat) => ({ ...seat, wasEvaluated: seat.verdict !== null }))),
    waiting: [...seats.flatMap(waitingFor), ...alerts.filter(isPressing).map(alertWaiting)],
    month: { ...month, budgetUsd: config.budget.monthUsd ?? null },
    live: withInterval(live),
    switches: { total: switches, back: ofThemBack },
    tested: {
      models: new Set(
        facts.flatMap(({ report }) =>
          (report?.runs ?? [])
            .filter(({ role, scored }) => role !== 'baseline' && scored > 0)
            .map(({ model }) => model),
        ),
      ).size,
      notTested: new Set(seats.flatMap(({ skipped }) => skipped.map(({ model }) => model))).size,
    },
    seats,
    decisions: toldOnce(
      (await listAssignmentLog(db, { movesOnly: true, limit: 2 * mostDecisions })).map(logLine),
    ).slice(0, mostDecisions),
    alerts: alerts
      .filter((alert) => isOpen(alert) || alert.raisedAt >= before(daysOfAlerts))
      .slice(0, mostAlerts)
      .map(alertLine),
  }
}

/** A seat that is taken at the end of a rollout stands in the record twice: as the move of the rollout, and as that of the seat. */
function toldOnce(lines: readonly LogLine[]): LogLine[] {
  return lines.filter(
    ({ what, tier, at, why }) =>
      what !== 'assigned' ||
      !lines.some(
        (other) => other.what !== what && other.tier === tier && other.at === at && other.why.startsWith(why),
      ),
  )
}

function withInterval(live: LiveTotals): OverviewPage['live'] {
  return { ...live, failedCi95: wilsonInterval(live.failedAttempts, live.attempts) ?? null }
}

function waitingFor({ tier, rollout }: SeatPicture): Waiting[] {
  if (rollout === null || !rollout.waitsForPerson) return []
  const words = rollout.stage === 'full' ? 'Look at it' : 'Decide'
  return [{ tier, sentence: rollout.sentence, link: { words, path: `/tiers/${tier}` } }]
}

function isOpen({ key, resolvedAt }: Alert): boolean {
  return key !== undefined && resolvedAt === undefined
}

function isPressing(alert: Alert): boolean {
  return isOpen(alert) && alert.severity !== 'info'
}

function alertWaiting({ subject, tier, evaluationId }: Alert): Waiting {
  const path =
    evaluationId === undefined
      ? tier === undefined
        ? '/deliveries'
        : `/tiers/${tier}`
      : `/evaluations/${evaluationId}`
  return { tier: tier ?? null, sentence: `${subject}.`, link: { words: 'Details', path } }
}

function alertLine(alert: Alert): AlertLine {
  const { raisedAt, severity, subject, message, resolvedAt } = alert
  return {
    at: raisedAt.toISOString(),
    severity,
    subject,
    message,
    isOpen: isOpen(alert),
    resolvedAt: iso(resolvedAt),
  }
}
