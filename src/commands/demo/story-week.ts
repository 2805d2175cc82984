import type { Kysely } from 'kysely'
import { listAlerts } from '../../database/alert-queries.ts'
import { listCycles } from '../../database/cycle-queries.ts'
import { listDeliveries } from '../../database/delivery-queries.ts'
import { rolloutEvents } from '../../database/rollout-queries.ts'
import type { Tables } from '../../database/tables.ts'
import type { CycleReport } from '../../reporting/cycle-report.ts'
import { duration } from '../../shared/format-number.ts'
import { castTiers } from './cast.ts'
import type { PlayedWeek } from './play-weeks.ts'

/** A week as the database has it. */
export interface StoryWeek {
  week: number
  /** ISO date. */
  sunday: string
  /** What the report of the Sunday says. */
  tiers: {
    tier: number
    incumbent: string | null
    decision: string
    target: string | null
    /** Accuracy and total score on golden data, 0 to 100; null: it was dropped, or nothing was scored. */
    models: { model: string; role: string; accuracy: number | null; total: number | null }[]
  }[]
  happened: Happening[]
}

export interface Happening {
  at: string
  text: string
}

const all = 10_000

export async function storyWeek(db: Kysely<Tables>, { week, sunday, until }: PlayedWeek): Promise<StoryWeek> {
  const isNow = (at: Date | undefined): at is Date => at !== undefined && at >= sunday && at < until
  const [cycle] = (await listCycles(db, all)).filter(({ startedAt }) => isNow(startedAt))
  const { evaluations = [] } = (cycle?.summary ?? {}) as unknown as Partial<CycleReport>
  const happened = [...(await alerts(db)), ...(await steps(db)), ...(await lateMessages(db))]
  return {
    week,
    sunday: sunday.toISOString().slice(0, 10),
    tiers: evaluations.map(({ tier, incumbent, recommendation: { decision, target }, runs, dropped }) => ({
      tier,
      incumbent,
      decision,
      target: decision === 'switch' || decision === 'recommend' ? target : null,
      models: runs.map(({ model, role, accuracy, scores }) => {
        // How many calls of such a model were under way is chance.
        if (dropped.some((one) => one.model === model)) return { model, role: 'dropped', accuracy: null, total: null }
        return { model, role, accuracy: rounded(accuracy), total: rounded(scores.total) }
      }),
    })),
    happened: happened
      .filter(({ at }) => isNow(at))
      .sort((one, other) => one.at.getTime() - other.at.getTime())
      .map(({ at, text }) => ({ at: at.toISOString(), text })),
  }
}

async function alerts(db: Kysely<Tables>) {
  return (await listAlerts(db, all)).reverse().map(({ raisedAt: at, subject: text }) => ({ at, text }))
}

/** Of the other stages alerts tell. */
async function steps(db: Kysely<Tables>) {
  const events = await Promise.all(castTiers.map(({ id: tier }) => rolloutEvents(db, { tier }, all)))
  return events
    .flat()
    .filter(({ fromStage, toStage }) => toStage === 'partial' && fromStage === 'shadow')
    .map(({ at, sentence }) => ({ at, text: sentence.replace(/\.$/, '') }))
}

async function lateMessages(db: Kysely<Tables>) {
  const sent = await listDeliveries(db, all, { status: 'sent' })
  return sent.flatMap(({ channel, subject, createdAt, sentAt, tries }) => {
    if (sentAt === undefined || tries < 2) return []
    const late = duration(sentAt.getTime() - createdAt.getTime())
    return [{ at: sentAt, text: `Sent by ${channel}, ${late} late, at try ${tries}: ${subject}` }]
  })
}

function rounded(score: number | null): number | null {
  return score === null ? null : Math.round(score * 10) / 10
}
