import type { MeasuredOutcome } from '../evaluation/measured-outcome.ts'
import type { Outcome } from '../evaluation/outcome.ts'
import type { CycleListener } from './cycle-listener.ts'
import type { PreparedEvaluation } from './prepare-evaluation.ts'
import { retireGoneModel } from './retire-gone-model.ts'
import type { Workspace } from './workspace.ts'

/**
 * Models that their provider does not know any more: they are asked nothing more, and what a remote provider has given
 * up is retired in the registry, with an alert. A local server's model may only not be there yet.
 */
export function vanishedModels(
  { evaluation, models }: PreparedEvaluation,
  workspace: Workspace,
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
      if (model === undefined) return
      await retireGoneModel(workspace, model, { tier: evaluation.tier, evaluationId: evaluation.id })
    },
  }
}

function isUnknown<T extends MeasuredOutcome>(outcome: T): outcome is T & { status: 'failed' } {
  return outcome.status === 'failed' && outcome.failure.kind === 'model-not-found'
}
