import { timingSafeEqual } from 'node:crypto'
import type { Kysely } from 'kysely'
import type { Tables } from '../database/tables.ts'
import { heldTokens, noteTokenUse } from '../database/token-queries.ts'
import type { Clock } from '../shared/clock.ts'
import { tokenHash } from '../workflows/api-tokens.ts'
import type { TokenGate } from './token-gate.ts'

export interface WatchedTokens extends TokenGate {
  /** Reads what holds now, and stores what was used; done by itself every second. */
  refresh(): Promise<void>
  stop(): void
}

/** So soon a token holds that was made by another process, or holds no more. */
const refreshMs = 1_000
const usesAreStoredEveryMs = 60_000

interface Token {
  id: string
  name: string
  hash: Buffer
}

/**
 * Keeps the tokens that hold in memory, so that requests never wait for the database; while it is away, those that held
 * last go on.
 */
export async function watchTokens(db: Kysely<Tables>, clock: Clock): Promise<WatchedTokens> {
  let tokens: Token[] = []
  const used = new Set<string>()
  const storedAtMs = new Map<string, number>()

  async function refresh(): Promise<void> {
    tokens = (await heldTokens(db)).map(({ id, name, hash }) => ({ id, name, hash: Buffer.from(hash, 'hex') }))
    const now = clock.now()
    for (const id of used) {
      if (now.getTime() - (storedAtMs.get(id) ?? Number.NEGATIVE_INFINITY) < usesAreStoredEveryMs) continue
      await noteTokenUse(db, id, now)
      storedAtMs.set(id, now.getTime())
      used.delete(id)
    }
  }

  await refresh()
  const timer = setInterval(() => void refresh().catch(() => undefined), refreshMs)
  timer.unref()
  return {
    exist: () => tokens.length > 0,
    nameOf(token) {
      const hash = Buffer.from(tokenHash(token), 'hex')
      const found = tokens.find((one) => timingSafeEqual(one.hash, hash))
      if (found !== undefined) used.add(found.id)
      return found?.name
    },
    refresh,
    stop: () => clearInterval(timer),
  }
}
