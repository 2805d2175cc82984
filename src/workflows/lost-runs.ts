import { type Evaluation, plannedCalls } from '../evaluation/evaluation.ts'
import type { MeasuredOutcome } from '../evaluation/measured-outcome.ts'
import { isProviderReason } from '../providers/provider.ts'
import type { CycleListener } from './cycle-listener.ts'
import { isTooMany } from './run-standings.ts'

/**
 * Runs of which so many calls failed for the provider's reason that nothing can be concluded from them whatever follows:
 * they are asked nothing more, and what still waits for its retries is given up, because it would wait in vain and hold up
 * the others.
 */
export function lostRuns({ models, sampleKeys }: Evaluation, listener: CycleListener) {
  const planned = new Map(models.map((model) => [model.name, plannedCalls(model, { sampleKeys })]))
  const faults = new Map<string, number>()
  const told = new Set<string>()
  const stops = new Map(models.map(({ name }) => [name, new AbortController()]))
  const givenUp = new Error('The run is lost already.')
  const isLost = (model: string) => isTooMany(faults.get(model) ?? 0, planned.get(model) ?? 0)
  return {
    note(outcome: MeasuredOutcome): void {
      if (outcome.status !== 'failed' || !isProviderReason(outcome.failure.kind)) return
      faults.set(outcome.model, (faults.get(outcome.model) ?? 0) + 1)
      if (isLost(outcome.model)) stops.get(outcome.model)?.abort(givenUp)
    },
    has(model: string): boolean {
      if (!isLost(model)) return false
      if (!told.has(model))
        listener.note(`${model} is not asked any more: too many calls failed for a reason of its provider.`)
      told.add(model)
      return true
    },
    /** What `call` resolves with; undefined when it was given up because the run of its model was lost meanwhile. */
    async unlessLost<T>(
      model: string,
      signal: AbortSignal,
      call: (signal: AbortSignal) => Promise<T>,
    ): Promise<T | undefined> {
      const lost = stops.get(model)?.signal
      try {
        return await call(lost === undefined ? signal : AbortSignal.any([signal, lost]))
      } catch (error) {
        if (error === givenUp) return undefined
        throw error
      }
    },
  }
}
