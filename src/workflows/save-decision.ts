import { randomUUID } from 'node:crypto'
import { type Alert, raiseAlert } from '../database/alert-queries.ts'
import { assign } from '../database/assignment-queries.ts'
import { finishEvaluation } from '../database/evaluation-queries.ts'
import { inTransaction } from '../database/in-transaction.ts'
import { insertRecommendation } from '../database/recommendation-queries.ts'
import { freezeReference } from '../database/reference-queries.ts'
import { finishRun, loadRuns, type RunEnd } from '../database/run-queries.ts'
import type { Evaluation } from '../evaluation/evaluation.ts'
import type { Decided } from './decide-evaluation.ts'
import type { Measure } from './decision-settings-of.ts'
import { driftAlert } from './drift-alert.ts'
import { rollBack } from './roll-back.ts'
import type { VerdictInput } from './verdict-input.ts'
import type { Workspace } from './workspace.ts'

/**
 * Stores runs, verdict and, where it fills a vacant seat or gives one back, the assignment: all of it or nothing.
 */
export async function saveDecision(
  { database, clock }: Workspace,
  evaluation: Evaluation,
  decided: Decided,
): Promise<void> {
  const now = clock.now()
  const { recommendation, reasoning, analysis, input, assigned } = decided
  const recommendationId = randomUUID()
  await inTransaction(database.db, async (trx) => {
    for (const { id, model } of await loadRuns(trx, evaluation.id)) {
      const summary = decided.summaries.get(model)
      const status = runStatus(decided, model)
      await finishRun(trx, id, { status, summary, finishedAt: now })
    }
    await insertRecommendation(trx, {
      id: recommendationId,
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
    if (assigned !== undefined) {
      await assign(trx, {
        tier: evaluation.tier,
        model: assigned,
        reason: `Initial assignment by evaluation ${evaluation.id}`,
        assignedBy: 'auto',
        at: now,
        evaluationId: evaluation.id,
        recommendationId,
      })
    }
    for (const { measure, value } of newReferences(input)) {
      const set = { measure, value, model: evaluation.incumbent, evaluationId: evaluation.id, setAt: now }
      await freezeReference(trx, evaluation.tier, set)
    }
    const rolledBack =
      input.drift?.status === 'rollback'
        ? await rollBack(trx, evaluation, input.drift, recommendationId, now)
        : undefined
    await finishEvaluation(trx, evaluation.id, { status: decided.status, finishedAt: now })
    const drift = input.drift === null ? undefined : driftAlert(evaluation, input.drift, rolledBack, now)
    const alerts = [...invalidRunAlerts(evaluation, decided, now), ...(drift === undefined ? [] : [drift])]
    for (const alert of alerts) await raiseAlert(trx, alert)
  })
}

function runStatus({ standings, summaries, input }: Decided, model: string): RunEnd['status'] {
  if (input.locked.some((locked) => locked.model === model)) return 'locked'
  if (input.dropped.some((dropped) => dropped.model === model)) return 'dropped'
  const standing = standings.get(model)?.status
  if (standing === 'invalid') return 'invalid'
  if (standing === 'gone') return 'failed'
  return (summaries.get(model)?.scored ?? 0) === 0 ? 'failed' : 'completed'
}

function newReferences({ baseline = {} }: VerdictInput): { measure: Measure; value: number }[] {
  return (['latencyMs', 'costUsd'] as const).flatMap((measure) => {
    const value = baseline[measure]
    return value === undefined ? [] : [{ measure, value }]
  })
}

function invalidRunAlerts({ id, tier }: Evaluation, { standings }: Decided, raisedAt: Date): Alert[] {
  return [...standings].flatMap(([model, standing]) => {
    if (standing.status !== 'invalid') return []
    const subject = `The run of ${model} on tier ${tier} is invalid`
    const message = `${standing.reason}. Nothing was concluded from it. ${standing.remedy}`
    return [{ kind: 'run-invalid', severity: 'warning', subject, message, tier, model, evaluationId: id, raisedAt }]
  })
}
