import type { Transaction } from 'kysely'
import type { Config } from '../../config/config.ts'
import { recentRequests } from '../../database/observation-queries.ts'
import { insertRollout, listRollouts } from '../../database/rollout-queries.ts'
import type { Tables } from '../../database/tables.ts'
import type { Evaluation } from '../../evaluation/evaluation.ts'
import { baselineOf } from '../../rollout/live/slow-limit.ts'
import { openRollout } from '../../rollout/open-rollout.ts'
import { isOpen, type Rollout } from '../../rollout/rollout.ts'
import type { VerdictEvent } from '../../rollout/rollout-event.ts'
import { stateSentence } from '../../rollout/state-sentence.ts'
import { newId } from '../../shared/new-id.ts'
import type { Decided } from '../decide-evaluation.ts'
import { acceptedLatency } from './accepted-latency.ts'
import { carryEffects } from './carry-effects.ts'
import { epochOfPair } from './epoch-of-pair.ts'
import { type LockedTier, lockTier } from './lock-tier.ts'
import { moveRollout } from './move-rollout.ts'
import { needsConfirmation } from './plan-confirmation.ts'

interface Verdict {
  evaluation: Evaluation
  decided: Decided
  recommendationId: string
  now: Date
}

/** What followed from a verdict, or why the model that it names starts nothing, in sentences. */
export interface Followed {
  /** The rollout that is on its way now. */
  open: Rollout | undefined
  happened: string[]
}

/**
 * What a verdict does to the rollouts of its tier: it strengthens, ends or leaves what is on its way, and opens what is not.
 * @param trx in which the tier is locked
 */
export async function followVerdict(trx: Transaction<Tables>, config: Config, verdict: Verdict): Promise<Followed> {
  const { evaluation, now } = verdict
  const { incumbent, tier } = evaluation
  const locked = await lockTier(trx, tier)
  if (!evaluation.applies || incumbent === undefined) return { open: locked.open, happened: [] }
  const named = namedBy(verdict)
  if (locked.seat?.model !== incumbent) {
    const refusal = `${locked.seat?.model ?? 'Nobody'} holds tier ${tier} by now: nothing follows from a verdict about ${incumbent}.`
    return { open: locked.open, happened: named === undefined ? [] : [refusal] }
  }
  const happened: string[] = []
  let { open } = locked
  if (open !== undefined) {
    const result = await moveRollout(trx, open, await eventFor(trx, open, verdict, named), now)
    if (result.status === 'moved') {
      open = isOpen(result.rollout.state) ? result.rollout : undefined
      happened.push(result.sentence)
    }
  }
  if (named === undefined || open !== undefined) return { open, happened }
  const opened = await openFor(trx, config, verdict, { ...named, incumbent }, locked)
  return { ...opened, happened: [...happened, ...opened.happened] }
}

/** The model that may be tried: none that may not take the seat. */
function namedBy({ evaluation, decided: { recommendation, input } }: Verdict): VerdictEvent['named'] {
  const { decision, target, incumbent } = recommendation
  if ((decision !== 'switch' && decision !== 'recommend') || target === null || input.refusal !== null) return undefined
  const isSimulated = (model: string | null) =>
    evaluation.models.find(({ name }) => name === model)?.providerKind === 'simulated'
  return isSimulated(target) && !isSimulated(incumbent) ? undefined : { model: target, decision }
}

async function eventFor(
  trx: Transaction<Tables>,
  open: Rollout,
  { evaluation, decided, recommendationId }: Verdict,
  named: VerdictEvent['named'],
): Promise<VerdictEvent> {
  return {
    kind: 'verdict',
    evaluationId: evaluation.id,
    recommendationId,
    epoch: await epochOfPair(trx, evaluation, [open.incumbent, open.challenger]),
    named,
    challenger: fateOf(open.challenger, decided),
  }
}

function fateOf(challenger: string, { recommendation, input, status }: Decided): VerdictEvent['challenger'] {
  if (status === 'invalid' || recommendation.decision === 'invalid_run') return 'not-compared'
  if (input.dropped.some(({ model }) => model === challenger)) return 'dropped'
  const state = recommendation.comparisons.find(({ model }) => model === challenger)?.state
  if (state === undefined || state === 'insufficient_data') return 'not-compared'
  return state === 'drop' ? 'dropped' : state
}

async function openFor(
  trx: Transaction<Tables>,
  config: Config,
  { evaluation, decided, recommendationId, now }: Verdict,
  { model, decision, incumbent }: { model: string; decision: 'switch' | 'recommend'; incumbent: string },
  { tier, pin, full }: LockedTier,
): Promise<Followed> {
  const settings = config.tiers.find(({ id }) => id === tier)?.rollout
  if (settings === undefined) throw new Error(`Tier ${tier} was evaluated and is not in the configuration.`)
  const pair = { tier, incumbent, challenger: model, evaluationId: evaluation.id }
  const recent = await recentRequests(trx, { tier, model: incumbent, limit: settings.guards.mostRequests })
  const others = await listRollouts(trx, { tier, challenger: model, limit: 100 })
  const opened = openRollout(
    {
      ...pair,
      id: newId(),
      settings,
      pin,
      awaitsRerun: needsConfirmation(evaluation, decided),
      baseline: baselineOf(recent, await acceptedLatency(trx, config, pair)),
      others: full === undefined ? others : [full, ...others],
    },
    {
      evaluationId: evaluation.id,
      recommendationId,
      epoch: await epochOfPair(trx, evaluation, [incumbent, model]),
      verdict: decision,
    },
    now,
  )
  if (opened.status === 'refused') return { open: undefined, happened: [opened.reason] }
  const { rollout, sentence, effects } = opened
  const evidence = { evaluationId: evaluation.id, recommendationId, decision }
  const happened = {
    at: now,
    by: 'auto',
    event: 'opened',
    sentence,
    stateSentence: stateSentence(rollout),
    reason: undefined,
    evidence,
  }
  const inserted = await insertRollout(trx, rollout, happened)
  if (inserted === 'exists') throw new Error(`Tier ${tier} is locked and has a second rollout.`)
  await carryEffects(trx, rollout, effects, { by: 'auto', now, grounds: undefined })
  return { open: rollout, happened: [sentence] }
}
