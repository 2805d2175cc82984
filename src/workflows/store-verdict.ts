import type { Transaction } from 'kysely'
import { keepEvaluationCosts } from '../database/cost-queries.ts'
import { finishEvaluation } from '../database/evaluation-queries.ts'
import { insertRecommendation } from '../database/recommendation-queries.ts'
import { finishRun, loadRuns, type RunEnd } from '../database/run-queries.ts'
import type { Tables } from '../database/tables.ts'
import type { Evaluation } from '../evaluation/evaluation.ts'
import type { Decided } from './decide-evaluation.ts'

/** Stores how runs and evaluation ended, and the verdict with all that it rests on. */
export async function storeVerdict(
  trx: Transaction<Tables>,
  evaluation: Evaluation,
  decided: Decided,
  { id, now }: { id: string; now: Date },
): Promise<void> {
  const { recommendation, reasoning, analysis, input } = decided
  for (const { id: run, model } of await loadRuns(trx, evaluation.id)) {
    const summary = decided.summaries.get(model)
    await finishRun(trx, run, { status: runStatus(decided, model), summary, finishedAt: now })
  }
  await insertRecommendation(trx, {
    id,
    evaluationId: evaluation.id,
    tier: evaluation.tier,
    decision: recommendation.decision,
    incumbent: recommendation.incumbent ?? undefined,
    target: recommendation.target ?? undefined,
    confidence: recommendation.confidence ?? undefined,
    recommendation,
    reasoning,
    analysis,
    input,
    consumedLook: input.verdicts.length > 0,
    decidedAt: now,
  })
  await keepEvaluationCosts(trx, evaluation.id)
  await finishEvaluation(trx, evaluation.id, { status: decided.status, finishedAt: now })
}

function runStatus({ standings, summaries, input }: Decided, model: string): RunEnd['status'] {
  if (input.locked.some((locked) => locked.model === model)) return 'locked'
  if (input.dropped.some((dropped) => dropped.model === model)) return 'dropped'
  const standing = standings.get(model)?.status
  if (standing === 'invalid') return 'invalid'
  if (standing === 'gone') return 'failed'
  return (summaries.get(model)?.scored ?? 0) === 0 ? 'failed' : 'completed'
}
