import type { Outcome } from '../evaluation/outcome.ts'
import type { CycleListener } from './cycle-listener.ts'

/** Tells the first failure of each kind of each model while a cycle runs, so that nobody waits without knowing why. */
export function failureNotes(listener: CycleListener): (outcome: Outcome) => void {
  const told = new Set<string>()
  return (outcome) => {
    if (outcome.status === 'scored') return
    const { kind, message } = outcome.failure
    const key = `${outcome.model} ${kind}`
    // A model that is gone is told of by whoever stops asking it.
    if (told.has(key) || kind === 'model-not-found') return
    told.add(key)
    listener.note(`${outcome.model}, first failure of kind "${kind}": ${message}`)
  }
}
