import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { loadConfig } from '../../src/config/config.ts'
import { listAlerts } from '../../src/database/alert-queries.ts'
import { listAssignments } from '../../src/database/assignment-queries.ts'
import { listModels } from '../../src/database/model-queries.ts'
import { watchRegistry } from '../../src/workflows/scheduled/watch-registry.ts'
import { seatInitialModels } from '../../src/workflows/seat-initial-models.ts'
import { syncRegistry } from '../../src/workflows/sync-registry.ts'
import { createFakeClock } from '../support/fake-clock.ts'
import { startLoopbackGemini } from '../support/loopback-gemini.ts'
import { temporaryFolder } from '../support/run-incumbent.ts'
import { onEmbedded } from '../support/test-databases.ts'

const never = new AbortController().signal

onEmbedded((databases) => {
  describe('the weekly look at what providers have', () => {
    const folder = temporaryFolder()

    test('proposes new models once and adds none; retires what its provider does not know, and gives its seat away', async () => {
      const server = await startLoopbackGemini({
        apiKey: 'key',
        fault: ({ model }) => (model === 'gemini-gone-001' ? 'unknown-model' : undefined),
      })
      const lines = [
        'baselines: []',
        `providers: { gemini: { apiKey: '\${GEMINI_API_KEY}', baseUrl: '${server.url}' } }`,
        'models: [{ name: gemini-gone-001, provider: gemini }, { name: gemini-2.0-flash-001, provider: gemini }]',
        'tiers: { 1: { candidates: [gemini-gone-001, gemini-2.0-flash-001], initial: gemini-gone-001 }, 2: none, 3: none }',
      ]
      writeFileSync(join(folder, 'incumbent.yaml'), `${lines.join('\n')}\n`)
      const config = loadConfig({ cwd: folder, environment: { GEMINI_API_KEY: 'key', OLLAMA_HOST: '127.0.0.1:9' } })
      const database = await databases.open()
      const clock = createFakeClock({ skipsSleep: true })
      await syncRegistry(database.db, config, clock.now())
      await seatInitialModels(database.db, config, clock.now())
      const before = (await listModels(database.db)).length
      const workspace = { config, database, clock }
      const happened = await watchRegistry(workspace, never)
      await watchRegistry(workspace, never)
      await server.close()
      expect(happened.join('. ')).toContain('gemini-gone-001 is gone')
      const models = await listModels(database.db)
      expect(models).toHaveLength(before)
      expect(models.find(({ name }) => name === 'gemini-gone-001')?.isActive).toBe(false)
      expect(models.find(({ name }) => name === 'gemini-2.0-flash-001')?.isActive).toBe(true)
      const [seat] = await listAssignments(database.db)
      expect(seat?.model).toBe('gemini-2.0-flash-001')
      const found = (await listAlerts(database.db, 20)).filter(({ kind }) => kind === 'model-found')
      expect(found).toHaveLength(1)
      expect(found[0]?.message).toMatch(/`npx incumbent models add \S+ --provider gemini --tier 1`/)
    })
  })
})
