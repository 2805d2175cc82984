import { createHash } from 'node:crypto'

/**
 * Where a request key falls between 0 and 1 in a rollout: the first 8 hex digits of md5(`rolloutId:key`) ÷ 2³². The same
 * key always falls on the same place, and on another one in another rollout. `resolve_model` in SQL is its twin.
 */
export function bucketOf(rolloutId: string, key: string): number {
  return createHash('md5').update(`${rolloutId}:${key}`).digest().readUInt32BE(0) / 2 ** 32
}

/** Whether the challenger answers the requests of a key. @param share of the requests, 0 to 1 */
export function isForChallenger(rolloutId: string, key: string, share: number): boolean {
  return bucketOf(rolloutId, key) < share
}
