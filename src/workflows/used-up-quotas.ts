import type { Outcome } from '../evaluation/outcome.ts'
import { quotaDayOf } from '../providers/throttle/quota-day.ts'
import { WorkFailed } from '../shared/work-failed.ts'
import type { CycleListener } from './cycle-listener.ts'

/** The quota of the day is used up for some models; everything else was asked, and it goes on when the next day begins. */
export class QuotaUsedUp extends WorkFailed {
  readonly models: readonly string[]
  readonly goesOnAt: Date

  constructor(models: readonly string[], goesOnAt: Date) {
    super(
      `The daily quota of ${models.join(', ')} is used up until ${goesOnAt.toISOString()}. What was answered is stored; go on then with: npx incumbent resume`,
    )
    this.models = models
    this.goesOnAt = goesOnAt
  }
}

/** After the quota's midnight, so that clocks that differ a little agree on the day. */
const pastMidnightMs = 120_000

/**
 * Models whose quota of the day is used up. In an evaluation that waits, the calls that were refused for it leave no record,
 * and the model is asked nothing more today.
 */
export function usedUpQuotas(waits: boolean, listener: CycleListener) {
  const models = new Set<string>()
  return {
    has: (model: string) => models.has(model),
    /** The outcome, or undefined where the call is to be made another day. */
    unlessUsedUp(outcome: Outcome | undefined): Outcome | undefined {
      if (!waits || outcome?.status !== 'failed' || outcome.failure.kind !== 'quota-exhausted') return outcome
      if (!models.has(outcome.model)) listener.note(`${outcome.model} goes on tomorrow: ${outcome.failure.message}`)
      models.add(outcome.model)
      return undefined
    },
    /** @throws QuotaUsedUp when there is anything to go on with another day */
    refuse(now: Date): void {
      if (models.size === 0) return
      throw new QuotaUsedUp([...models], new Date(quotaDayOf(now).endsAt.getTime() + pastMidnightMs))
    },
  }
}
