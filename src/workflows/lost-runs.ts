import { type Evaluation, plannedCalls } from '../evaluation/evaluation.ts'
import type { MeasuredOutcome } from '../evaluation/measured-outcome.ts'
import { isProviderReason } from '../providers/provider.ts'
import type { CycleListener } from './cycle-listener.ts'
import { isTooMany } from './run-standings.ts'

/**
 * Runs of which so many calls failed for the provider's reason that nothing can be concluded from them whatever follows:
 * they are asked nothing more, because every further call would wait for its retries in vain and hold up the others.
 */
export function lostRuns({ models, sampleKeys }: Evaluation, listener: CycleListener) {
  const planned = new Map(models.map((model) => [model.name, plannedCalls(model, { sampleKeys })]))
  const faults = new Map<string, number>()
  const told = new Set<string>()
  return {
    note(outcome: MeasuredOutcome): void {
      if (outcome.status !== 'failed' || !isProviderReason(outcome.failure.kind)) return
      faults.set(outcome.model, (faults.get(outcome.model) ?? 0) + 1)
    },
    has(model: string): boolean {
      const failed = faults.get(model) ?? 0
      if (!isTooMany(failed, planned.get(model) ?? 0)) return false
      if (!told.has(model))
        listener.note(`${model} is not asked any more: too many calls failed for a reason of its provider.`)
      told.add(model)
      return true
    },
  }
}
