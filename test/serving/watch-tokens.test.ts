import { describe, expect, test } from 'vitest'
import { loadConfig } from '../../src/config/config.ts'
import { listTokens } from '../../src/database/token-queries.ts'
import { watchTokens } from '../../src/serving/watch-tokens.ts'
import { createApiToken, revokeApiToken } from '../../src/workflows/api-tokens.ts'
import { createFakeClock } from '../support/fake-clock.ts'
import { forEachDatabase } from '../support/test-databases.ts'

forEachDatabase((databases) => {
  describe('API tokens', () => {
    async function begin() {
      const database = await databases.open()
      const clock = createFakeClock()
      const workspace = { config: loadConfig({ cwd: '/nonexistent', environment: {} }), database, clock }
      return { database, clock, workspace, tokens: await watchTokens(database.db, clock) }
    }

    test('hold from the moment they are made until they are revoked', async () => {
      const { workspace, tokens } = await begin()
      expect(tokens.exist()).toBe(false)
      const token = await createApiToken(workspace, 'shop', 'manual:ada')
      await tokens.refresh()
      expect(tokens.exist()).toBe(true)
      expect(tokens.nameOf(token)).toBe('shop')
      for (const wrong of ['', 'inc_', `${token}x`, token.toUpperCase()]) expect(tokens.nameOf(wrong)).toBeUndefined()
      await revokeApiToken(workspace, 'shop')
      await tokens.refresh()
      expect(tokens.nameOf(token)).toBeUndefined()
      tokens.stop()
    })

    test('are not in the database, only their hashes', async () => {
      const { workspace, database } = await begin()
      const token = await createApiToken(workspace, 'shop', 'manual:ada')
      expect(token).toMatch(/^inc_[\w-]{43}$/)
      const rows = await database.db.selectFrom('api_tokens').selectAll().execute()
      expect(JSON.stringify(rows)).not.toContain(token.slice(4))
      expect(rows[0]?.token_hash).toMatch(/^[0-9a-f]{64}$/)
    })

    test('of one name are one; a revoked name is free again', async () => {
      const { workspace, database } = await begin()
      const first = await createApiToken(workspace, 'shop', 'manual:ada')
      await expect(createApiToken(workspace, 'shop', 'manual:bob')).rejects.toThrow('npx incumbent token revoke shop')
      await revokeApiToken(workspace, 'shop')
      expect(await createApiToken(workspace, 'shop', 'manual:bob')).not.toBe(first)
      const listed = await listTokens(database.db)
      expect(listed.map(({ createdBy, revokedAt }) => [createdBy, revokedAt === undefined])).toEqual([
        ['manual:bob', true],
        ['manual:ada', false],
      ])
      await expect(revokeApiToken(workspace, 'till')).rejects.toThrow('got "till"')
    })

    test('say when they were last used, to about a minute', async () => {
      const { workspace, database, clock, tokens } = await begin()
      const token = await createApiToken(workspace, 'shop', 'manual:ada')
      const lastUse = async () => (await listTokens(database.db))[0]?.lastUsedAt
      const useAndStore = async () => {
        tokens.nameOf(token)
        await tokens.refresh()
      }
      await tokens.refresh()
      expect(await lastUse()).toBeUndefined()
      const first = clock.now()
      await useAndStore()
      expect(await lastUse()).toEqual(first)
      await clock.advance(30_000)
      await useAndStore()
      expect(await lastUse()).toEqual(first)
      await clock.advance(30_000)
      await useAndStore()
      expect(await lastUse()).toEqual(clock.now())
      tokens.stop()
    })

    test('that held last go on while the database is away', async () => {
      const { workspace, database, tokens } = await begin()
      const token = await createApiToken(workspace, 'shop', 'manual:ada')
      await tokens.refresh()
      await database.close()
      await expect(tokens.refresh()).rejects.toThrow()
      expect(tokens.nameOf(token)).toBe('shop')
      tokens.stop()
    })
  })
})
