import type { Kysely } from 'kysely'
import type { Tables } from '../../database/tables.ts'
import { isRunning, type Rollout } from '../../rollout/rollout.ts'
import { transition } from '../../rollout/transition.ts'
import { baselineLook, type LookedAt, stepLook } from './looks.ts'

/** What a running rollout still waits for, with its figures: `143 of 200 requests and 9 of 24 hours in the shadow.` */
export async function rolloutProgress(
  db: Kysely<Tables>,
  rollout: Rollout,
  at: Pick<LookedAt, 'config' | 'now'>,
): Promise<string | undefined> {
  if (!isRunning(rollout.state)) return undefined
  const event = (await baselineLook({ ...at, db, rollout })) ?? (await stepLook({ ...at, db, rollout }))
  const result = event === undefined ? undefined : transition(rollout, event, at.now)
  return result?.status === 'held' ? result.reason : undefined
}
