import { spentSince } from '../database/run-queries.ts'
import type { Outcome } from '../evaluation/outcome.ts'
import { money } from '../shared/format-number.ts'
import { UserError } from '../shared/user-error.ts'
import { WorkFailed } from '../shared/work-failed.ts'
import type { PreparedCycle } from './prepare-cycle.ts'
import type { Workspace } from './workspace.ts'

/** Refuses a cycle whose estimated cost exceeds what the configuration allows. An unknown cost is checked as it comes. */
export async function refuseOverBudget(workspace: Workspace, { evaluations }: PreparedCycle): Promise<void> {
  const { cycleUsd, monthUsd } = workspace.config.budget
  const estimated = evaluations.reduce((sum, { estimate }) => sum + knownCost(estimate.models), 0)
  if (cycleUsd !== undefined && estimated > cycleUsd) {
    throw new UserError(
      `This cycle would cost about ${money(estimated)}; budget.cycleUsd allows ${money(cycleUsd)}. Nothing was asked. Ask less (--tier, --models, --repeats, --limit) or raise the budget.`,
    )
  }
  if (monthUsd === undefined) return
  const spent = await spentThisMonth(workspace)
  if (spent + estimated > monthUsd) {
    throw new UserError(
      `This cycle would cost about ${money(estimated)}, and ${money(spent)} were spent this month; budget.monthUsd allows ${money(monthUsd)}. Nothing was asked.`,
    )
  }
}

/**
 * Counts what the outcomes of a cycle cost and aborts `signal` once more is spent than the configuration allows.
 * @param spentUsd by the cycle before it was cut off
 */
export function withinBudget({ config }: Workspace, signal: AbortSignal, spentUsd: number) {
  const stop = new AbortController()
  let spent = spentUsd
  const { cycleUsd = Number.POSITIVE_INFINITY } = config.budget
  const check = () => {
    if (spent <= cycleUsd) return
    stop.abort(
      new WorkFailed(
        `Stopped: the calls of this cycle have cost ${money(spent)}; budget.cycleUsd allows ${money(cycleUsd)}. What was answered is stored; raise the budget and go on with: npx incumbent resume`,
      ),
    )
  }
  check()
  return {
    signal: AbortSignal.any([signal, stop.signal]),
    alsoCounting: (hear: (outcome: Outcome) => void) => (outcome: Outcome) => {
      hear(outcome)
      spent += outcome.costUsd ?? 0
      check()
    },
  }
}

function knownCost(models: readonly { costUsd: number | undefined }[]): number {
  return models.reduce((sum, { costUsd }) => sum + (costUsd ?? 0), 0)
}

async function spentThisMonth({ database, clock }: Workspace): Promise<number> {
  const now = clock.now()
  return spentSince(database.db, new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), 1)))
}
