import type { Transaction } from 'kysely'
import { listRollouts } from '../../database/rollout-queries.ts'
import type { Tables } from '../../database/tables.ts'
import type { Rollout } from '../../rollout/rollout.ts'
import type { PersonEvent } from '../../rollout/rollout-event.ts'
import { stateSentence } from '../../rollout/state-sentence.ts'
import { WorkFailed } from '../../shared/work-failed.ts'
import type { Workspace } from '../workspace.ts'
import { actOnTier, type Person, type Said } from './act-on-tier.ts'
import { requestsPerDay } from './live-requests.ts'
import type { LockedTier } from './lock-tier.ts'
import { moveRollout } from './move-rollout.ts'

export type Judgement = 'approve' | 'reject' | 'pause' | 'abort'

/**
 * A person's word on the rollout of a tier.
 * @throws WorkFailed when there is none, or when it cannot be said of it now, with what can
 */
export async function judgeRollout(
  workspace: Workspace,
  tier: number,
  kind: Judgement,
  { by, reason }: { by: Person['by']; reason: string | undefined },
): Promise<Said> {
  return actOnTier(workspace, tier, by, async (trx, locked, now) => {
    const rollout = await theRollout(trx, locked)
    const event: PersonEvent =
      kind === 'approve'
        ? { kind, by, reason, requestsPerDay: await requestsPerDay(trx, tier, now) }
        : { kind, by, reason: reason ?? '' }
    return carried(trx, rollout, event, now)
  })
}

/** @throws WorkFailed when the rollout stays as it is */
export async function carried(
  trx: Transaction<Tables>,
  rollout: Rollout,
  event: PersonEvent,
  now: Date,
): Promise<string> {
  const result = await moveRollout(trx, rollout, event, now)
  if (result.status === 'moved') return result.sentence
  throw new WorkFailed(result.reason)
}

async function theRollout(trx: Transaction<Tables>, { tier, open, full, seat }: LockedTier): Promise<Rollout> {
  const rollout = open ?? full
  if (rollout !== undefined) return rollout
  const [last] = await listRollouts(trx, { tier, limit: 1 })
  const ended = last === undefined ? '' : ` ${stateSentence(last)}`
  throw new WorkFailed(
    `Nothing is on its way on tier ${tier}: ${seat?.model ?? 'nobody'} holds it.${ended} A rollout begins with a verdict of \`npx incumbent run\`; \`npx incumbent assign ${tier} <model>\` gives the seat at once.`,
  )
}
