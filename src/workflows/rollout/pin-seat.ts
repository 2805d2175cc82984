import { pinTier, unpinTier } from '../../database/pin-queries.ts'
import { nameOf } from '../../rollout/shown-words.ts'
import { WorkFailed } from '../../shared/work-failed.ts'
import type { Workspace } from '../workspace.ts'
import { actOnTier, type Person, type Said } from './act-on-tier.ts'
import { tellRollouts } from './move-rollout.ts'

/**
 * Keeps the model that holds a seat there: nothing moves by itself until the pin is taken away.
 * @throws WorkFailed for a vacant seat, and for one that is pinned
 */
export async function pinSeat(workspace: Workspace, tier: number, { by, reason }: Person): Promise<Said> {
  return actOnTier(workspace, tier, by, async (trx, { seat, pin }, now) => {
    const model = seat?.model
    if (model === undefined) {
      throw new WorkFailed(`Tier ${tier} is vacant: there is nobody to pin it to. npx incumbent assign ${tier} <model>`)
    }
    if (pin !== undefined)
      throw new WorkFailed(`${nameOf(pin.by)} has pinned tier ${tier} to ${pin.model} already: ${pin.reason}.`)
    await pinTier(trx, { tier, model, by, reason, at: now })
    await tellRollouts(trx, tier, { kind: 'pinned', by, reason }, now)
    return `Tier ${tier} is pinned to ${model}: nothing moves by itself until \`npx incumbent unpin ${tier}\`.`
  })
}

/** @throws WorkFailed for a seat that is not pinned */
export async function unpinSeat(workspace: Workspace, tier: number, { by, reason }: Person): Promise<Said> {
  return actOnTier(workspace, tier, by, async (trx, { pin }, now) => {
    if (pin === undefined) throw new WorkFailed(`Tier ${tier} is not pinned.`)
    await unpinTier(trx, tier, { by, reason, at: now })
    await tellRollouts(trx, tier, { kind: 'unpinned', by, reason }, now)
    return `Tier ${tier} is not pinned to ${pin.model} any more.`
  })
}
