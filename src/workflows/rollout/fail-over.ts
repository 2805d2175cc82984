import type { Transaction } from 'kysely'
import type { TierConfig } from '../../config/tier-config.ts'
import { raiseAlertOnce } from '../../database/alert-queries.ts'
import { assign, listAssignments } from '../../database/assignment-queries.ts'
import { inTransaction } from '../../database/in-transaction.ts'
import { listModels } from '../../database/model-queries.ts'
import type { Tables } from '../../database/tables.ts'
import { byName, type Model } from '../../providers/model.ts'
import { nameOf } from '../../rollout/shown-words.ts'
import { asStored } from '../../shared/json.ts'
import type { Workspace } from '../workspace.ts'
import { type LockedTier, lockTier } from './lock-tier.ts'
import { moveRollout, tellRollouts } from './move-rollout.ts'
import type { Unreachable } from './rollback-target.ts'
import { unreachableModels } from './unreachable-models.ts'

/**
 * Gives every seat whose holder is retired to the best of the others. It may be called at any time: a seat that has a holder
 * who serves stays as it is, and people are told once where nobody can take over.
 * @param tiers only these; undefined: all
 * @returns what happened, in sentences
 */
export async function failOverRetired(workspace: Workspace, tiers?: readonly number[]): Promise<string[]> {
  const { config, database, clock } = workspace
  const retired = byName((await listModels(database.db)).filter(({ isActive }) => !isActive))
  const seats = (await listAssignments(database.db)).filter(
    ({ tier, model }) => retired.has(model ?? '') && (tiers === undefined || tiers.includes(tier)),
  )
  if (seats.length === 0) return []
  const unreachable = await unreachableModels(workspace)
  const happened: string[] = []
  for (const { tier } of seats) {
    const settings = config.tiers.find(({ id }) => id === tier)
    if (settings === undefined) continue
    const sentence = await inTransaction(database.db, async (trx) => {
      const locked = await lockTier(trx, tier)
      const holder = retired.get(locked.seat?.model ?? '')
      return holder === undefined ? undefined : failOver(trx, settings, locked, holder, unreachable, clock.now())
    })
    if (sentence !== undefined) happened.push(sentence)
  }
  return happened
}

async function failOver(
  trx: Transaction<Tables>,
  settings: TierConfig,
  { tier, full, pin, seat }: LockedTier,
  holder: Model,
  unreachable: Unreachable,
  now: Date,
): Promise<string | undefined> {
  const finding = `${holder.name} is gone: ${holder.retired?.reason ?? 'it was retired'}`
  // Who is best takes the mathematics of a verdict, and seats are seldom without a holder.
  const { failoverTarget } = await import('./failover-target.ts')
  const target = await failoverTarget(trx, settings, holder.name, unreachable)
  if (full !== undefined && full.challenger === holder.name) {
    const mayRollBack = seat?.canAutoRollback ?? false
    const event = { kind: 'degraded', source: 'retired', finding, target, mayRollBack, others: undefined } as const
    const result = await moveRollout(trx, full, event, now)
    return result.status === 'moved' ? result.sentence : undefined
  }
  const about = { tier, model: holder.name, evaluationId: undefined, raisedAt: now }
  if (pin !== undefined || 'missing' in target) {
    const why = pin === undefined && 'missing' in target ? target.missing : `${nameOf(pin?.by ?? '')} has pinned it`
    const subject = `Tier ${tier} is held by ${holder.name}, which is gone`
    const message = `${finding}. Nobody takes the seat, because ${why}. \`npx incumbent assign ${tier} <model>\` gives it to one that can be asked.`
    const alert = { kind: 'model-retired', severity: 'critical', subject, message, ...about } as const
    return (await raiseAlertOnce(trx, alert, holder.retired?.at ?? now)) ? message : undefined
  }
  const reason = `Took over from ${finding}`
  const evidence = asStored({ kind: 'failover', from: holder.name })
  await assign(trx, { tier, model: target.model, reason, assignedBy: 'auto', at: now, evidence })
  await tellRollouts(trx, tier, { kind: 'seat-changed', model: target.model, by: 'auto', reason }, now)
  const subject = `Tier ${tier} went from ${holder.name} to ${target.model}`
  const message = `${finding}. Its successors: npx incumbent models discover.`
  await raiseAlertOnce(trx, { kind: 'model-retired', severity: 'critical', subject, message, ...about }, now)
  return `${subject}: ${message}`
}
