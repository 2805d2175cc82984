import type { Transaction } from 'kysely'
import { assign } from '../../database/assignment-queries.ts'
import type { Tables } from '../../database/tables.ts'
import { isOpen } from '../../rollout/rollout.ts'
import type { RollbackTarget } from '../../rollout/rollout-event.ts'
import { WorkFailed } from '../../shared/work-failed.ts'
import type { Workspace } from '../workspace.ts'
import { actOnTier, type Person, refusePinned, type Said } from './act-on-tier.ts'
import { rollbackKind } from './carry-effects.ts'
import { carried } from './judge-rollout.ts'
import type { LockedTier } from './lock-tier.ts'
import { tellRollouts } from './move-rollout.ts'
import { rollbackTarget } from './rollback-target.ts'
import { unreachableModels } from './unreachable-models.ts'

/**
 * A person rolls a tier back: what is on its way ends and its challenger is locked; where nothing is, the last good model
 * takes the seat again, checked itself.
 * @throws WorkFailed when there is nobody to go back to, or the seat is pinned
 */
export async function giveSeatBack(workspace: Workspace, tier: number, person: Person): Promise<Said> {
  const unreachable = await unreachableModels(workspace)
  return actOnTier(workspace, tier, person.by, async (trx, locked, now) => {
    const rollout = locked.open ?? locked.full
    const target = await rollbackTarget(trx, tier, locked.seat?.model, unreachable)
    if (rollout === undefined || !isOpen(rollout.state)) refusePinned(locked)
    if (rollout === undefined) return withoutRollout(trx, locked, target, person, now)
    return carried(trx, rollout, { kind: 'roll-back', ...person, target }, now)
  })
}

async function withoutRollout(
  trx: Transaction<Tables>,
  { tier, seat }: LockedTier,
  target: RollbackTarget,
  { by, reason }: Person,
  now: Date,
): Promise<string> {
  if ('missing' in target || seat?.model === undefined) {
    const why = 'missing' in target ? target.missing : 'the seat is vacant'
    throw new WorkFailed(
      `Tier ${tier} stays as it is, because ${why}. \`npx incumbent assign ${tier} <model>\` gives it to another.`,
    )
  }
  const { model } = target
  const evidence = { kind: rollbackKind }
  await assign(trx, { tier, model, reason: `Rolled back: ${reason}`, assignedBy: by, at: now, evidence })
  await tellRollouts(trx, tier, { kind: 'seat-changed', model, by, reason }, now)
  return `${model} holds tier ${tier} again, in place of ${seat.model}.`
}
