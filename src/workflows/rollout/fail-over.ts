import type { Transaction } from 'kysely'
import type { TierConfig } from '../../config/tier-config.ts'
import { alertsOfKind, evaluationThatMissed, raiseAlert } from '../../database/alert-queries.ts'
import { assign, listAssignments } from '../../database/assignment-queries.ts'
import { inTransaction } from '../../database/in-transaction.ts'
import { listModels } from '../../database/model-queries.ts'
import type { Tables } from '../../database/tables.ts'
import { byName, type Model } from '../../providers/model.ts'
import { isEnded, type Rollout } from '../../rollout/rollout.ts'
import type { RollbackTarget } from '../../rollout/rollout-event.ts'
import { nameOf } from '../../rollout/shown-words.ts'
import { asStored } from '../../shared/json.ts'
import type { Workspace } from '../workspace.ts'
import { goneAlert, type Handover, staysWords } from './gone-alert.ts'
import { type LockedTier, lockTier } from './lock-tier.ts'
import { moveRollout, tellRollouts } from './move-rollout.ts'
import type { Unreachable } from './rollback-target.ts'
import { unreachableModels } from './unreachable-models.ts'

/**
 * Gives every seat whose holder is retired to the best of the others, and tells people in one alert for each model that is
 * gone. It may be called at any time: a seat that has a holder who serves stays as it is, and people are told once where nobody
 * can take over.
 * @param tiers only these; undefined: all
 * @returns what happened, in sentences
 */
export async function failOverRetired(workspace: Workspace, tiers?: readonly number[]): Promise<string[]> {
  const { config, database, clock } = workspace
  const retired = byName((await listModels(database.db)).filter(({ isActive }) => !isActive))
  const held = new Map((await listAssignments(database.db)).map(({ tier, model }) => [tier, retired.get(model ?? '')]))
  const vacated = config.tiers.filter(
    ({ id }) => held.get(id) !== undefined && (tiers === undefined || tiers.includes(id)),
  )
  if (vacated.length === 0) return []
  const unreachable = await unreachableModels(workspace)
  const happened: string[] = []
  for (const [holder, settings] of Map.groupBy(vacated, ({ id }) => held.get(id))) {
    if (holder === undefined) continue
    happened.push(
      ...(await inTransaction(database.db, (trx) => replace(trx, holder, settings, unreachable, clock.now()))),
    )
  }
  return happened
}

interface Given {
  handover: Handover
  sentence: string
}

async function replace(
  trx: Transaction<Tables>,
  holder: Model,
  tiers: readonly TierConfig[],
  unreachable: Unreachable,
  now: Date,
): Promise<string[]> {
  const given: Given[] = []
  // Whoever locks several tiers does so in their order, so that nobody waits for somebody who waits for him.
  for (const settings of tiers.toSorted((a, b) => a.id - b.id)) {
    const locked = await lockTier(trx, settings.id)
    if (locked.seat?.model === holder.name) given.push(await giveAway(trx, settings, locked, holder, unreachable, now))
  }
  const told = await subjectsOf(trx, holder)
  const news = given.filter(
    ({ handover }) => 'to' in handover || !told.some((subject) => subject.includes(staysWords(handover.tier))),
  )
  if (news.length === 0) return []
  const evaluationId = await evaluationThatMissed(trx, holder.name, holder.retired?.at ?? now)
  const handovers = news.map(({ handover }) => handover)
  await raiseAlert(trx, goneAlert(holder, handovers, evaluationId, now))
  return news.map(({ sentence }) => sentence)
}

/** Of the alerts since the model is gone. */
async function subjectsOf(trx: Transaction<Tables>, { name, retired }: Model): Promise<string[]> {
  const alerts = await alertsOfKind(trx, 'model-retired')
  const isOfNow = (raisedAt: Date) => retired === undefined || raisedAt >= retired.at
  return alerts.flatMap(({ model, raisedAt, subject }) => (model === name && isOfNow(raisedAt) ? [subject] : []))
}

async function giveAway(
  trx: Transaction<Tables>,
  settings: TierConfig,
  { tier, full, pin }: LockedTier,
  holder: Model,
  unreachable: Unreachable,
  now: Date,
): Promise<Given> {
  const finding = `${holder.name} is gone: ${holder.retired?.reason ?? 'it was retired'}`
  // Who is best takes the mathematics of a verdict, and seats are seldom without a holder.
  const { failoverTarget } = await import('./failover-target.ts')
  const found = await failoverTarget(trx, settings, holder.name, unreachable)
  const target = pin === undefined ? found : { missing: `${nameOf(pin.by)} has pinned it` }
  const isOfRollout = full !== undefined && full.challenger === holder.name
  if (isOfRollout) await endRollout(trx, full, finding, target, now)
  if ('missing' in target) {
    const { missing: obstacle } = target
    const sentence = `${finding}. Nobody takes tier ${tier}, because ${obstacle}. \`npx incumbent assign ${tier} <model>\` gives it to one that can be asked.`
    return { handover: { tier, obstacle }, sentence }
  }
  const { model: to } = target
  if (!isOfRollout) {
    const reason = `Took over because ${finding}`
    const evidence = asStored({ kind: 'failover', from: holder.name })
    await assign(trx, { tier, model: to, reason, assignedBy: 'auto', at: now, evidence })
    await tellRollouts(trx, tier, { kind: 'seat-changed', model: to, by: 'auto', reason }, now)
  }
  const sentence = `Tier ${tier} went from ${holder.name} to ${to}: ${finding}. Its successors: npx incumbent models discover.`
  return { handover: { tier, to }, sentence }
}

/** The rollout that brought the holder ends with it, and gives the seat back itself. */
async function endRollout(
  trx: Transaction<Tables>,
  full: Rollout,
  finding: string,
  target: RollbackTarget,
  now: Date,
): Promise<void> {
  const others = undefined
  const event = { kind: 'degraded', source: 'retired', finding, target, mayRollBack: true, others } as const
  const result = await moveRollout(trx, full, event, now, { evidence: {} })
  const isOver = result.status === 'moved' && isEnded(result.rollout.state)
  if (!isOver && 'model' in target) throw new Error(`The rollout of ${full.challenger}, which is gone, could not end.`)
}
