import { shadowCost } from '../../../database/shadow-cost.ts'
import type { Model } from '../../../providers/model.ts'
import { costOf } from '../../../providers/price.ts'
import type { Workspace } from '../../../workflows/workspace.ts'
import type { Plan } from './plan.ts'

/** Keeps the copies of a rollout within its US dollars a day, those of other processes included. */
export interface CopyBudget {
  /** Not before what was spent today is known, and never for a model without a price where there is a limit. */
  allows(plan: Plan, challenger: Model): boolean
}

interface Spent {
  day: string
  usd: number
  askedMs: number
}

interface BudgetOptions {
  /** US dollars that copies of a rollout have cost since a time, as far as is stored. */
  spentSince: (tier: number, challenger: string, since: Date) => Promise<number>
  now: () => Date
  /** After so long the stored costs are asked for again; until then the limit may be overdrawn. */
  freshMs?: number
}

/** The budget of the database that all processes store their copies in. */
export function copyBudgetOf({ database: { db }, clock }: Workspace): CopyBudget {
  return createCopyBudget({
    spentSince: (tier, challenger, since) => shadowCost(db, { tier, challenger, since }),
    now: () => clock.now(),
  })
}

export function createCopyBudget({ spentSince, now, freshMs = 5_000 }: BudgetOptions): CopyBudget {
  const spent = new Map<string, Spent>()

  async function ask(rolloutId: string, tier: number, challenger: string): Promise<void> {
    const day = dayOf(now())
    const known = spent.get(rolloutId)
    const before = known?.day === day ? known.usd : Number.POSITIVE_INFINITY
    spent.set(rolloutId, { day, usd: before, askedMs: now().getTime() })
    const usd = await spentSince(tier, challenger, new Date(`${day}T00:00:00Z`)).catch(() => before)
    spent.set(rolloutId, { day, usd, askedMs: now().getTime() })
  }

  return {
    allows({ rollout }, challenger) {
      const limitUsd = rollout?.settings.shadow.dayUsd
      if (rollout === undefined || limitUsd === undefined) return true
      if (costOf(challenger, smallest, { ms: 1, sharedBy: 1 }) === undefined) return false
      const known = spent.get(rollout.id)
      const isFresh = known !== undefined && now().getTime() - known.askedMs < freshMs
      if (!isFresh) void ask(rollout.id, rollout.tier, challenger.name)
      return known !== undefined && known.day === dayOf(now()) && known.usd < limitUsd
    },
  }
}

const smallest = { inputTokens: 1, outputTokens: 1, reasoningTokens: undefined, cachedInputTokens: undefined }

function dayOf(time: Date): string {
  return time.toISOString().slice(0, 10)
}
