import type { Kysely } from 'kysely'
import type { Tables } from './tables.ts'

/** One version of a dataset as one task uses it. */
export interface UsedVersion {
  name: string
  version: string
  task: string
  /** SHA-256 over inputs and targets. */
  hash: string
  at: Date
}

export type RecordedVersion =
  /** It was used for the first time and is unchangeable from now on. */
  | { status: 'recorded' }
  /** It was used before with the same content. */
  | { status: 'known' }
  /** It was used before with another content: a new version must be made. */
  | { status: 'changed'; storedHash: string; firstUsedAt: Date }

/** Says whether the content of a version is that which it had when it was first used, and stores it at that first time. */
export async function recordDatasetVersion(db: Kysely<Tables>, used: UsedVersion): Promise<RecordedVersion> {
  const { name, version, task, hash, at } = used
  const inserted = await db
    .insertInto('dataset_versions')
    .values({ dataset_name: name, dataset_version: version, task, hash, first_used_at: at })
    .onConflict((conflict) => conflict.doNothing())
    .returning('hash')
    .executeTakeFirst()
  if (inserted !== undefined) return { status: 'recorded' }
  const stored = await db
    .selectFrom('dataset_versions')
    .select(['hash', 'first_used_at'])
    .where('dataset_name', '=', name)
    .where('dataset_version', '=', version)
    .where('task', '=', task)
    .executeTakeFirstOrThrow()
  if (stored.hash === hash) return { status: 'known' }
  return { status: 'changed', storedHash: stored.hash, firstUsedAt: stored.first_used_at }
}
