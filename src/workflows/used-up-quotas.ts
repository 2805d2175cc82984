import type { Outcome } from '../evaluation/outcome.ts'
import { quotaDayOf } from '../providers/throttle/quota-day.ts'
import { dateWords } from '../shared/format-date.ts'
import { WorkFailed } from '../shared/work-failed.ts'
import type { CycleListener } from './cycle-listener.ts'

/** The quota of the day is used up for some models; everything else was asked, and it goes on when the next day begins. */
export class QuotaUsedUp extends WorkFailed {
  readonly models: readonly string[]
  readonly goesOnAt: Date

  /** @param timeZone in which people are told until when */
  constructor(models: readonly string[], goesOnAt: Date, timeZone: string) {
    super(
      `The daily quota of ${models.join(' and ')} is used up until ${dateWords(goesOnAt, timeZone)}. What was answered is stored, and nothing else was recorded; go on then with: npx incumbent resume. What the schedule began, a running service goes on with by itself.`,
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
    refuse(now: Date, timeZone: string): void {
      if (models.size === 0) return
      throw new QuotaUsedUp([...models], new Date(quotaDayOf(now).endsAt.getTime() + pastMidnightMs), timeZone)
    },
  }
}

/**
 * Hears of evaluations that stop for a quota, so that those after them are carried all the same.
 * @param timeZone in which people are told until when
 */
export function stoppedByQuotas(timeZone: string) {
  const stopped: QuotaUsedUp[] = []
  return {
    /** False: `work` goes on another day. @throws what `work` throws for another reason */
    async carried(work: Promise<void>): Promise<boolean> {
      try {
        await work
        return true
      } catch (error) {
        if (!(error instanceof QuotaUsedUp)) throw error
        stopped.push(error)
        return false
      }
    },
    /** @throws QuotaUsedUp for all that were stopped, when there is any */
    refuse(): void {
      const models = new Set(stopped.flatMap((each) => each.models))
      const goesOnAt = Math.max(...stopped.map((each) => each.goesOnAt.getTime()))
      if (models.size > 0) throw new QuotaUsedUp([...models], new Date(goesOnAt), timeZone)
    },
  }
}
