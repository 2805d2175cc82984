import { assign } from '../../database/assignment-queries.ts'
import { WorkFailed } from '../../shared/work-failed.ts'
import type { Workspace } from '../workspace.ts'
import { actOnTier, type Person, refusePinned, type Said } from './act-on-tier.ts'
import { refuseUnfit } from './fit-model.ts'
import { tellRollouts } from './move-rollout.ts'

/**
 * A person gives a seat to a model, at once and whatever the evidence says; what is on its way ends.
 * @throws UserError for a model that may not have it
 * @throws WorkFailed when the seat is pinned, or the model holds it already
 */
export async function assignSeat(workspace: Workspace, tier: number, model: string, person: Person): Promise<Said> {
  return actOnTier(workspace, tier, person.by, async (trx, locked, now) => {
    const holder = locked.seat?.model
    await refuseUnfit(trx, model, holder)
    refusePinned(locked)
    const { by, reason } = person
    const { status } = await assign(trx, { tier, model, reason, assignedBy: by, at: now })
    if (status !== 'assigned') throw new WorkFailed(`${model} holds tier ${tier} already.`)
    await tellRollouts(trx, tier, { kind: 'seat-changed', model, by, reason }, now)
    return `${model} holds tier ${tier} now${holder === undefined ? '' : `, in place of ${holder}`}.`
  })
}
