import { type Assignment, listAssignments } from '../../database/assignment-queries.ts'
import { listEvaluations } from '../../database/evaluation-queries.ts'
import { listModels } from '../../database/model-queries.ts'
import { loadPins, type TierPin } from '../../database/pin-queries.ts'
import { currentRollouts } from '../../database/rollout-queries.ts'
import type { Evaluation, SkippedModel } from '../../evaluation/evaluation.ts'
import { byName, type Model } from '../../providers/model.ts'
import type { Rollout } from '../../rollout/rollout.ts'
import { tiersOf } from '../registered-models.ts'
import type { Workspace } from '../workspace.ts'
import { problemOf } from './models.ts'

/** What tells of all tiers, so that it is read once for a page of all of them. */
export interface AllSeats {
  seats: readonly Assignment[]
  registry: ReadonlyMap<string, Model>
  rollouts: readonly Rollout[]
  pins: readonly TierPin[]
  running: readonly Evaluation[]
}

const mostRunning = 20

export async function loadAllSeats({ db }: Workspace['database']): Promise<AllSeats> {
  return {
    seats: await listAssignments(db),
    registry: byName(await listModels(db)),
    rollouts: await currentRollouts(db),
    pins: await loadPins(db),
    running: await listEvaluations(db, { status: 'running', confirmations: true, limit: mostRunning }),
  }
}

/** Before the first evaluation: of who holds or wants the seat, those that could not be asked now. */
export function unaskable(workspace: Workspace, tier: number, { registry, seats }: AllSeats): SkippedModel[] {
  const holder = seats.find((seat) => seat.tier === tier)?.model
  return [...registry.values()].flatMap((model) => {
    const isAsked = model.isActive && (model.name === holder || tiersOf(model, workspace.config).includes(tier))
    const problem = isAsked ? problemOf(model, workspace) : undefined
    return problem === undefined ? [] : [{ model: model.name, reason: problem.reason, remedy: problem.remedy }]
  })
}
