import { createHash, randomBytes } from 'node:crypto'
import { type ApiToken, insertToken, listTokens, revokeToken } from '../database/token-queries.ts'
import { UserError } from '../shared/user-error.ts'
import type { Workspace } from './workspace.ts'

/**
 * Makes a token of 32 random bytes. It is given here and never again: only its hash is stored.
 * @throws UserError when a token of this name holds
 */
export async function createApiToken({ database, clock }: Workspace, name: string, by: string): Promise<string> {
  const token = `inc_${randomBytes(32).toString('base64url')}`
  const isNew = await insertToken(database.db, { name, hash: tokenHash(token), createdBy: by, at: clock.now() })
  if (isNew) return token
  throw new UserError(
    `Expected a name that no token has, got "${name}". Choose another, or revoke that one: npx incumbent token revoke ${name}`,
  )
}

export function listApiTokens({ database }: Workspace): Promise<ApiToken[]> {
  return listTokens(database.db)
}

/** @throws UserError when no token of this name holds */
export async function revokeApiToken({ database, clock }: Workspace, name: string): Promise<void> {
  if (await revokeToken(database.db, name, clock.now())) return
  throw new UserError(`Expected the name of a token that holds, got "${name}". npx incumbent token list shows them.`)
}

/** SHA-256 as 64 hex digits. A token is random and long: what protects passwords from guessing would only cost time. */
export function tokenHash(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}
