import { raiseAlert } from '../database/alert-queries.ts'
import { deactivateModel } from '../database/model-queries.ts'
import type { MeasuredOutcome } from '../evaluation/measured-outcome.ts'
import type { Outcome } from '../evaluation/outcome.ts'
import { placementOf } from '../providers/placement.ts'
import type { CycleListener } from './cycle-listener.ts'
import type { PreparedEvaluation } from './prepare-evaluation.ts'
import type { Workspace } from './workspace.ts'

/**
 * Models that their provider does not know any more: they are asked nothing more, and what a remote provider has given
 * up is retired in the registry, with an alert. A local server's model may only not be there yet.
 */
export function vanishedModels(
  { evaluation, models }: PreparedEvaluation,
  { database, clock }: Workspace,
  listener: CycleListener,
  earlier: readonly MeasuredOutcome[],
) {
  const vanished = new Set(earlier.filter(isUnknown).map(({ model }) => model))
  return {
    has: (model: string) => vanished.has(model),
    async notice(outcome: Outcome): Promise<void> {
      if (!isUnknown(outcome) || vanished.has(outcome.model)) return
      vanished.add(outcome.model)
      listener.note(`${outcome.model} is not asked any more: ${outcome.failure.message}`)
      const model = models.get(outcome.model)
      if (model === undefined || placementOf(model) !== 'remote') return
      const now = clock.now()
      const reason = `${model.provider} answered 404 to the model id ${model.providerModelId}`
      if (!(await deactivateModel(database.db, model.name, reason, now))) return
      await raiseAlert(database.db, {
        kind: 'model-retired',
        severity: evaluation.incumbent === model.name ? 'critical' : 'warning',
        subject: `${model.name} is gone`,
        message: `${reason}. It was retired in the registry and is not tested any more. Its successors: npx incumbent models discover. If it comes back: npx incumbent models add ${model.name}`,
        tier: evaluation.tier,
        model: model.name,
        evaluationId: evaluation.id,
        raisedAt: now,
      })
    },
  }
}

function isUnknown<T extends MeasuredOutcome>(outcome: T): outcome is T & { status: 'failed' } {
  return outcome.status === 'failed' && outcome.failure.kind === 'model-not-found'
}
