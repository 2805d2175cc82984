import type { Kysely } from 'kysely'
import type { Tables } from '../../database/tables.ts'
import { isRunning, type Rollout } from '../../rollout/rollout.ts'
import type { RolloutEvent } from '../../rollout/rollout-event.ts'
import { transition } from '../../rollout/transition.ts'
import { waitingAdvice } from '../../rollout/waiting-advice.ts'
import { baselineLook, type LookedAt, stepLook } from './looks.ts'

/**
 * What a rollout waits for: figures, such as `143 of 200 requests and 9 of 24 hours in the shadow.`, or a person.
 * @param step what the guards say now, where it is known already
 */
export async function rolloutProgress(
  db: Kysely<Tables>,
  rollout: Rollout,
  at: Pick<LookedAt, 'config' | 'now'>,
  step?: RolloutEvent,
): Promise<string | undefined> {
  const advice = waitingAdvice(rollout)
  if (advice !== undefined) return advice
  if (!isRunning(rollout.state)) return undefined
  const event = (await baselineLook({ ...at, db, rollout })) ?? step ?? (await stepLook({ ...at, db, rollout }))
  const result = event === undefined ? undefined : transition(rollout, event, at.now)
  return result?.status === 'held' ? result.reason : undefined
}
