import { randomUUID } from 'node:crypto'
import type { Kysely } from 'kysely'
import type { Tables } from './tables.ts'

/** A token as people see it: what it is itself, nobody can read. */
export interface ApiToken {
  name: string
  createdBy: string
  createdAt: Date
  /** To about a minute; undefined: never. */
  lastUsedAt: Date | undefined
  /** Undefined while it holds. */
  revokedAt: Date | undefined
}

export interface NewToken {
  name: string
  /** SHA-256 of the token, as 64 hex digits. */
  hash: string
  createdBy: string
  at: Date
}

/** False when a token of this name holds. */
export async function insertToken(db: Kysely<Tables>, { name, hash, createdBy, at }: NewToken): Promise<boolean> {
  const inserted = await db
    .insertInto('api_tokens')
    .values({ id: randomUUID(), name, token_hash: hash, created_by: createdBy, created_at: at })
    .onConflict((conflict) => conflict.column('name').where('revoked_at', 'is', null).doNothing())
    .returning('id')
    .executeTakeFirst()
  return inserted !== undefined
}

/** All that there ever were; those that hold first, each group by name. */
export async function listTokens(db: Kysely<Tables>): Promise<ApiToken[]> {
  const rows = await db
    .selectFrom('api_tokens')
    .selectAll()
    .orderBy('revoked_at', (order) => order.desc().nullsFirst())
    .orderBy('name')
    .execute()
  return rows.map((row) => ({
    name: row.name,
    createdBy: row.created_by,
    createdAt: row.created_at,
    lastUsedAt: row.last_used_at ?? undefined,
    revokedAt: row.revoked_at ?? undefined,
  }))
}

/** False when no token of this name holds. */
export async function revokeToken(db: Kysely<Tables>, name: string, at: Date): Promise<boolean> {
  const result = await db
    .updateTable('api_tokens')
    .set({ revoked_at: at })
    .where('name', '=', name)
    .where('revoked_at', 'is', null)
    .executeTakeFirst()
  return result.numUpdatedRows > 0n
}

/** The tokens that hold. */
export async function heldTokens(db: Kysely<Tables>): Promise<{ id: string; name: string; hash: string }[]> {
  const rows = await db
    .selectFrom('api_tokens')
    .select(['id', 'name', 'token_hash'])
    .where('revoked_at', 'is', null)
    .execute()
  return rows.map(({ id, name, token_hash: hash }) => ({ id, name, hash }))
}

export async function noteTokenUse(db: Kysely<Tables>, id: string, at: Date): Promise<void> {
  await db.updateTable('api_tokens').set({ last_used_at: at }).where('id', '=', id).execute()
}
