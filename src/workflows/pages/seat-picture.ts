import type { TierConfig } from '../../config/tier-config.ts'
import { type Assignment, assignmentHistory } from '../../database/assignment-queries.ts'
import { listEvaluations } from '../../database/evaluation-queries.ts'
import { listRollouts } from '../../database/rollout-queries.ts'
import { headlineOf } from '../../recommendation/reasoning.ts'
import type { Differences } from '../../reporting/charts/difference-chart.ts'
import type { EvaluationReport } from '../../reporting/cycle-report.ts'
import { certaintyOf, costPerThousand, differencesOf } from '../../reporting/evaluation-charts.ts'
import { gainSentence } from '../../reporting/messages/gain-sentence.ts'
import { verdictWord } from '../../reporting/verdict-word.ts'
import { isEnded, type Rollout } from '../../rollout/rollout.ts'
import { tenureOf } from '../seat-history.ts'
import type { Workspace } from '../workspace.ts'
import { type AllSeats, unaskable } from './all-seats.ts'
import { iso } from './iso.ts'
import { keptReport } from './kept-report.ts'
import { type RolloutPicture, rolloutPicture } from './rollout-picture.ts'

/** A tier as pages show it. Times are ISO 8601; unknown is null. */
export interface SeatPicture {
  tier: number
  name: string
  policy: 'auto' | 'approve' | 'recommend-only'
  /** Null: vacant. */
  model: string | null
  isSimulated: boolean
  heldSince: string | null
  assignedBy: string | null
  pin: { model: string; by: string; reason: string; since: string } | null
  /** What the holder was like in the last evaluation. */
  measured: Measured | null
  verdict: SeatVerdict | null
  /** Every challenger against the holder; the rows are empty where nothing was compared. */
  differences: Differences
  trend: { at: string; model: string; accuracy: number | null; accuracyCi95: [number, number] | null }[]
  /** Open, or ended in the last week. */
  rollout: RolloutPicture | null
  skipped: { model: string; reason: string; remedy: string | null }[]
  running: { evaluation: string; startedAt: string }[]
}

interface Measured {
  accuracy: number | null
  accuracyCi95: [number, number] | null
  p50Ms: number | null
  costPerThousandUsd: number | null
}

export interface SeatVerdict {
  evaluation: string
  at: string
  word: string
  decision: string
  sentence: string
  target: string | null
  /** What the target would do to the tier: `It is more accurate; it is 1.7 times as fast and 24 % cheaper.` */
  gain: string | null
  confidence: number | null
  /** What this step needs; null: nothing is to be reached. */
  needed: number | null
  of: 'challenger' | 'incumbent' | 'nobody'
  isSimulated: boolean
}

/** Of which `seatPicture` is a part. */
export interface SeatFacts {
  picture: SeatPicture
  /** Undefined: it was never given to anybody. */
  seat: Assignment | undefined
  /** The last evaluation whose verdict may be applied. */
  report: EvaluationReport | undefined
  rollout: Rollout | undefined
}

const weekMs = 7 * 86_400_000
const changesRead = 100

export async function seatFacts(workspace: Workspace, tier: TierConfig, all: AllSeats): Promise<SeatFacts> {
  const { config, database, clock } = workspace
  const { db } = database
  const now = clock.now()
  const isOfTier = (each: { tier: number }) => each.tier === tier.id
  const seat = all.seats.find(isOfTier)
  const changes = await assignmentHistory(db, tier.id, changesRead)
  const [last] = await listEvaluations(db, { tier: tier.id, status: 'completed', applies: true, limit: 1 })
  const report = last === undefined ? undefined : await keptReport(db, last.id, changes)
  const rollout = await shownRollout(workspace, tier.id, all.rollouts.find(isOfTier))
  const pin = all.pins.find(isOfTier)
  const picture: SeatPicture = {
    tier: tier.id,
    name: tier.name,
    policy: tier.rollout.policy,
    model: seat?.model ?? null,
    isSimulated: all.registry.get(seat?.model ?? '')?.providerKind === 'simulated',
    heldSince: tenureOf(changes, seat?.model, now).heldSince,
    assignedBy: seat?.assignedBy ?? null,
    pin: pin === undefined ? null : { model: pin.model, by: pin.by, reason: pin.reason, since: pin.at.toISOString() },
    measured: measuredOf(report, seat?.model),
    verdict: report === undefined ? null : verdictOf(report, iso(last?.finishedAt) ?? ''),
    differences: report === undefined ? { measure: 'total points', incumbent: '', rows: [] } : differencesOf(report),
    trend: (report?.trend ?? []).filter(({ role }) => role === 'incumbent').map(trendPoint),
    rollout: rollout === undefined ? null : await rolloutPicture(db, rollout, { config, now }),
    skipped: (report?.skipped ?? unaskable(workspace, tier.id, all)).map(({ model, reason, remedy }) => ({
      model,
      reason,
      remedy: remedy ?? null,
    })),
    running: all.running
      .filter(isOfTier)
      .map(({ id, startedAt }) => ({ evaluation: id, startedAt: startedAt.toISOString() })),
  }
  return { picture, seat, report, rollout }
}

/** @param current the one that is open, or whose model holds the seat */
async function shownRollout(
  { database: { db }, clock }: Workspace,
  tier: number,
  current: Rollout | undefined,
): Promise<Rollout | undefined> {
  const since = clock.now().getTime() - weekMs
  if (current !== undefined) {
    const isNews = current.state.stage !== 'full' || current.state.since.getTime() >= since
    return isNews || ('incident' in current.state && current.state.incident !== undefined) ? current : undefined
  }
  const [last] = await listRollouts(db, { tier, limit: 1 })
  return last !== undefined && isEnded(last.state) && last.state.since.getTime() >= since ? last : undefined
}

function measuredOf(report: EvaluationReport | undefined, model: string | undefined): Measured | null {
  const run = report?.runs.find((each) => each.model === model)
  if (run === undefined) return null
  const { accuracy, accuracyCi95, latencyMs } = run
  return { accuracy, accuracyCi95, p50Ms: latencyMs.p50, costPerThousandUsd: costPerThousand(run) }
}

function verdictOf(report: EvaluationReport, at: string): SeatVerdict {
  const certainty = certaintyOf(report)
  return {
    evaluation: report.id,
    at,
    word: verdictWord(report),
    decision: report.recommendation.decision,
    sentence: headlineOf(report.reasoning),
    target: report.recommendation.target ?? null,
    gain: gainSentence(report) ?? null,
    confidence: certainty?.probability ?? null,
    needed: certainty?.needed ?? null,
    of: certainty?.of ?? 'nobody',
    isSimulated: certainty?.isSimulated ?? false,
  }
}

function trendPoint({ at, model, accuracy, accuracyCi95 }: EvaluationReport['trend'][number]) {
  return { at, model, accuracy, accuracyCi95 }
}
