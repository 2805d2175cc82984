import type { Kysely } from 'kysely'
import type { Tables } from '../../database/tables.ts'
import { isRunning, type Rollout } from '../../rollout/rollout.ts'
import { transition } from '../../rollout/transition.ts'
import { waitingAdvice } from '../../rollout/waiting-advice.ts'
import { baselineLook, type LookedAt, stepLook } from './looks.ts'

/** What a rollout waits for: figures, such as `143 of 200 requests and 9 of 24 hours in the shadow.`, or a person. */
export async function rolloutProgress(
  db: Kysely<Tables>,
  rollout: Rollout,
  at: Pick<LookedAt, 'config' | 'now'>,
): Promise<string | undefined> {
  const advice = waitingAdvice(rollout)
  if (advice !== undefined) return advice
  if (!isRunning(rollout.state)) return undefined
  const event = (await baselineLook({ ...at, db, rollout })) ?? (await stepLook({ ...at, db, rollout }))
  const result = event === undefined ? undefined : transition(rollout, event, at.now)
  return result?.status === 'held' ? result.reason : undefined
}
