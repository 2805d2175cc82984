import type { Kysely } from 'kysely'
import { assignmentHistory } from '../../database/assignment-queries.ts'
import { listCycles } from '../../database/cycle-queries.ts'
import { listDeliveries } from '../../database/delivery-queries.ts'
import { listModels } from '../../database/model-queries.ts'
import { listRollouts, rolloutEvents } from '../../database/rollout-queries.ts'
import type { Tables } from '../../database/tables.ts'
import type { CycleReport, EvaluationReport } from '../../reporting/cycle-report.ts'
import { signed } from '../../shared/format-number.ts'
import { castTiers } from './cast.ts'

/** What happened, as the database has it. Times are ISO 8601. */
export interface StoryEvents {
  /** Models that came to a seat by shadow, part of the requests, and all of them. */
  won: { tier: number; model: string; over: string; shadowAt: string; partialAt: string; fullAt: string }[]
  /** Models with the better total score that were not let in because of their accuracy, at the first time. */
  refused: { tier: number; model: string; at: string; why: string }[]
  rolledBack: { tier: number; model: string; at: string; why: string; nowHeldBy: string | null }[]
  /** Models that their provider gave up, with whoever took over. */
  retired: { model: string; at: string; why: string; seats: { tier: number; takenBy: string | null }[] }[]
  /** Messages that did not get through at once. */
  late: { channel: string; subject: string; queuedAt: string; sentAt: string; tries: number }[]
}

const all = 10_000

export async function storyEvents(db: Kysely<Tables>): Promise<StoryEvents> {
  const rollouts = await movedRollouts(db)
  return {
    won: rollouts.flatMap(({ won }) => won ?? []),
    refused: await refusals(db),
    rolledBack: rollouts.flatMap(({ rolledBack }) => rolledBack ?? []),
    retired: await retirements(db),
    late: await lateMessages(db),
  }
}

async function movedRollouts(db: Kysely<Tables>) {
  const moved: { won?: StoryEvents['won'][number]; rolledBack?: StoryEvents['rolledBack'][number] }[] = []
  for (const { id: tier } of castTiers) {
    for (const { id, challenger: model, incumbent: over } of (await listRollouts(db, { tier, limit: all })).reverse()) {
      const events = await rolloutEvents(db, { rolloutId: id }, all)
      const first = (stage: string) => events.findLast(({ toStage }) => toStage === stage)
      const [shadow, partial, full, back] = ['shadow', 'partial', 'full', 'rolled-back'].map(first)
      if (shadow && partial && full) {
        const [shadowAt, partialAt, fullAt] = [iso(shadow.at), iso(partial.at), iso(full.at)]
        moved.push({ won: { tier, model, over, shadowAt, partialAt, fullAt } })
      }
      if (back === undefined) continue
      const seat = (await assignmentHistory(db, tier, all)).find(({ previousModel }) => previousModel === model)
      const why = back.sentence
      moved.push({ rolledBack: { tier, model, at: iso(back.at), why, nowHeldBy: seat?.model ?? null } })
    }
  }
  return moved
}

async function refusals(db: Kysely<Tables>): Promise<StoryEvents['refused']> {
  const seated = new Set<string>()
  for (const { id } of castTiers) {
    for (const { model } of await assignmentHistory(db, id, all)) seated.add(`${id} ${model}`)
  }
  const found = new Map<string, StoryEvents['refused'][number]>()
  for (const { summary } of (await listCycles(db, all)).reverse()) {
    const { startedAt = '', evaluations = [] } = (summary ?? {}) as unknown as Partial<CycleReport>
    for (const { tier, model, why } of evaluations.flatMap(refusedIn)) {
      const key = `${tier} ${model}`
      if (!seated.has(key) && !found.has(key)) found.set(key, { tier, model, at: startedAt, why })
    }
  }
  return [...found.values()]
}

/** Whoever has the better total and not the accuracy: judged at the end, or dropped on the way. */
function refusedIn({ tier, incumbent, recommendation, runs, dropped }: EvaluationReport) {
  const totalOf = (name: string | null) => runs.find(({ model }) => model === name)?.scores.total ?? 0
  const judged = recommendation.comparisons.flatMap(({ model, delta, accuracyDelta, blocked }) => {
    const isRefused = blocked.some((reason) => reason === 'accuracy_not_shown_non_inferior')
    if (delta === undefined || delta <= 0 || !isRefused) return []
    return [{ tier, model, why: `total ${signed(delta)}, accuracy ${signed(accuracyDelta)} points` }]
  })
  const gaveUp = dropped.filter(({ model }) => totalOf(model) > totalOf(incumbent))
  return [...judged, ...gaveUp.map(({ model, ...end }) => ({ tier, model, why: dropWords(end) }))]
}

function dropWords({ reason, samples }: Pick<EvaluationReport['dropped'][number], 'reason' | 'samples'>): string {
  const hope = reason === 'unlikely_better' ? 'be better' : 'keep the accuracy'
  return `total ahead, but too unlikely to ${hope} after ${samples} samples`
}

async function retirements(db: Kysely<Tables>): Promise<StoryEvents['retired']> {
  const gone: StoryEvents['retired'] = []
  for (const { name: model, retired } of await listModels(db)) {
    if (retired === undefined) continue
    const seats: { tier: number; takenBy: string | null }[] = []
    for (const { id: tier } of castTiers) {
      const change = (await assignmentHistory(db, tier, all)).find(({ previousModel }) => previousModel === model)
      if (change !== undefined) seats.push({ tier, takenBy: change.model ?? null })
    }
    gone.push({ model, at: iso(retired.at), why: retired.reason, seats })
  }
  return gone
}

async function lateMessages(db: Kysely<Tables>): Promise<StoryEvents['late']> {
  const sent = await listDeliveries(db, all, { status: 'sent' })
  return sent
    .flatMap(({ channel, subject = '', createdAt, sentAt, tries }) =>
      sentAt === undefined || tries < 2
        ? []
        : [{ channel, subject, queuedAt: iso(createdAt), sentAt: iso(sentAt), tries }],
    )
    .reverse()
}

function iso(time: Date): string {
  return time.toISOString()
}
