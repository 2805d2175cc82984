import type { Kysely } from 'kysely'
import { assignmentHistory } from '../database/assignment-queries.ts'
import { loadConfirmation, loadEvaluation } from '../database/evaluation-queries.ts'
import { loadFailures } from '../database/outcome-queries.ts'
import { loadRecommendation, type RecommendationWithSequel } from '../database/recommendation-queries.ts'
import { loadRuns } from '../database/run-queries.ts'
import type { Tables } from '../database/tables.ts'
import { loadTrend } from '../database/trend-queries.ts'
import { loadHypotheses } from '../datasets/load-hypotheses.ts'
import { type Evaluation, type Run, type RunSummary, repeatsOf } from '../evaluation/evaluation.ts'
import { isProviderReason } from '../providers/provider.ts'
import type { Recommendation } from '../recommendation/recommendation.ts'
import type { EvaluationReport, RunReport, TrendPoint } from '../reporting/cycle-report.ts'
import { driftWords } from '../reporting/drift-words.ts'
import { judgeHypotheses } from '../reporting/hypotheses.ts'
import { UserError } from '../shared/user-error.ts'
import { decisionInputsOf } from './decision-inputs.ts'
import { reportWarnings } from './report-warnings.ts'
import { verdictInputOf } from './verdict-input.ts'

/**
 * What is told of an evaluation, from what is stored of it: at once as well as years later.
 * @throws UserError when the evaluation does not exist or has no verdict yet
 */
export async function evaluationReport(db: Kysely<Tables>, id: string): Promise<EvaluationReport> {
  const evaluation = await loadEvaluation(db, id)
  if (evaluation === undefined) throw new UserError(`There is no evaluation ${id}.`)
  const stored = await loadRecommendation(db, id)
  if (stored === undefined) {
    throw new UserError(`Evaluation ${id} is ${evaluation.status} and has no verdict yet: npx incumbent resume ${id}`)
  }
  return reportOf(db, evaluation, stored)
}

/** Of what was loaded already. */
export async function reportOf(
  db: Kysely<Tables>,
  evaluation: Evaluation,
  stored: RecommendationWithSequel,
): Promise<EvaluationReport> {
  const { id } = evaluation
  const input = verdictInputOf(stored)
  const recommendation = stored.recommendation as unknown as Recommendation
  const assigned = await assignedBy(db, evaluation, stored.decidedAt)
  const seat = assigned ?? evaluation.incumbent ?? null
  const runs = runReports(evaluation, await loadRuns(db, id))
  return {
    id,
    tier: evaluation.tier,
    tierName: evaluation.tierName,
    name: evaluation.name,
    dataset: `${evaluation.datasetName}@${evaluation.datasetVersion}`,
    datasetHash: evaluation.datasetHash,
    verifiedBy: decisionInputsOf(evaluation).verifiedBy,
    samples: evaluation.sampleKeys.length,
    repeats: repeatsOf(evaluation),
    status: evaluation.status,
    incumbent: evaluation.incumbent ?? null,
    runs,
    failures: (await loadFailures(db, id)).map((failure) => ({
      ...failure,
      isOfProvider: isProviderReason(failure.kind),
    })),
    skipped: [...evaluation.skipped, ...input.leftOut],
    proposals: runs.some(({ role, scored }) => role !== 'baseline' && scored > 0)
      ? []
      : decisionInputsOf(evaluation).proposals,
    recommendation,
    pooled: input.pooled.map(({ evaluation: pooled, models }) => ({ evaluation: pooled, models })),
    epochChanges: input.epochChanges,
    dropped: input.dropped.map(({ model, reason, samples, asked, planned }) => {
      return { model, reason, samples, asked, planned }
    }),
    drift:
      input.drift === null
        ? null
        : { status: input.drift.status, words: driftWords(input.drift, evaluation.incumbent ?? '') },
    locked: input.locked.map(({ model, reason }) => ({ model, reason })),
    trend: await trendUntil(db, evaluation),
    reasoning: stored.reasoning,
    refusal: input.refusal,
    assignment: { model: seat, changed: assigned !== undefined },
    rolloutPolicy: decisionInputsOf(evaluation).rollout?.policy ?? null,
    followed: stored.followed,
    hypotheses: hypothesesOf(evaluation, runs, seat),
    warnings: reportWarnings(evaluation, input, { runs, target: recommendation.target }),
  }
}

const weeksOfTrend = 26

async function trendUntil(db: Kysely<Tables>, { tier, finishedAt, applies }: Evaluation): Promise<TrendPoint[]> {
  if (finishedAt === undefined) return []
  const rows = await loadTrend(db, { tier, until: finishedAt, applies, evaluations: weeksOfTrend })
  return rows.map(({ evaluationId: evaluation, evaluatedAt, ...row }) => {
    return { evaluation, at: evaluatedAt.toISOString(), ...row }
  })
}

/** Who got the seat at once by the verdict, or by what confirmed it; a rollout that takes days is told of by `status`. */
async function assignedBy(db: Kysely<Tables>, { id, tier }: Evaluation, decidedAt: Date): Promise<string | undefined> {
  const confirmation = await loadConfirmation(db, id)
  const confirmed = confirmation === undefined ? undefined : await loadRecommendation(db, confirmation.id)
  const times = [decidedAt, confirmed?.decidedAt].map((time) => time?.getTime())
  const changes = await assignmentHistory(db, tier, 1000)
  return changes.find(({ evaluationId, assignedAt }) => evaluationId === id && times.includes(assignedAt.getTime()))
    ?.model
}

const noSummary: RunSummary = {
  asked: 0,
  scored: 0,
  failed: {},
  accuracy: null,
  accuracyCi95: null,
  completeness: null,
  consistency: null,
  latencyMs: { mean: null, p50: null, p95: null, p99: null },
  tokens: { input: null, output: null, total: null },
  costUsd: null,
  scores: { accuracy: null, speed: null, cost: null, total: null },
  fieldRelative: null,
  flags: [],
}

/** Incumbent, challengers, baselines; the better total first. */
function runReports(evaluation: Evaluation, runs: readonly Run[]): RunReport[] {
  const roles = new Map(evaluation.models.map(({ name, role }) => [name, role]))
  const order = ['incumbent', 'challenger', 'baseline']
  return runs
    .map(({ id, model, provider, status, summary }) => {
      return { id, model, provider, role: roles.get(model) ?? 'challenger', status, ...(summary ?? noSummary) }
    })
    .sort((a, b) => order.indexOf(a.role) - order.indexOf(b.role) || (b.scores.total ?? -1) - (a.scores.total ?? -1))
}

function hypothesesOf({ tier, taskFolder }: Evaluation, runs: readonly RunReport[], seat: string | null) {
  const measured = runs
    .filter(({ scored, status }) => scored > 0 && status !== 'invalid')
    .map(({ model, accuracy, latencyMs, costUsd, asked }) => {
      return {
        model,
        accuracy,
        meanLatencyMs: latencyMs.mean,
        costPerCallUsd: costUsd === null ? null : costUsd / asked,
      }
    })
  const hypotheses = loadHypotheses(`${taskFolder}/..`).filter((hypothesis) => hypothesis.tier === tier)
  return judgeHypotheses(hypotheses, measured, seat)
}
