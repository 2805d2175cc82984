import { expect, test } from 'vitest'
import { loadConfig } from '../../../src/config/config.ts'
import { overviewPage } from '../../../src/workflows/pages/overview.ts'
import { syncRegistry } from '../../../src/workflows/sync-registry.ts'
import { createFakeClock } from '../../support/fake-clock.ts'
import { temporaryFolder } from '../../support/run-incumbent.ts'
import { onEmbedded } from '../../support/test-databases.ts'

onEmbedded((databases) => {
  const config = loadConfig({ cwd: temporaryFolder(), environment: {} })

  test('the overview asks the database at most four times more for each further tier', async () => {
    const database = await databases.open()
    let queries = 0
    const db = database.db.withPlugin({
      transformQuery({ node }) {
        queries += 1
        return node
      },
      transformResult: ({ result }) => Promise.resolve(result),
    })
    const queriesFor = async (tiers: typeof config.tiers) => {
      queries = 0
      await overviewPage({ config: { ...config, tiers }, database: { ...database, db }, clock: createFakeClock() })
      return queries
    }
    await queriesFor(config.tiers)
    const [all, one] = [await queriesFor(config.tiers), await queriesFor(config.tiers.slice(0, 1))]
    expect(config.tiers).toHaveLength(3)
    expect(all - one).toBeLessThanOrEqual(2 * 4)
  })

  test('before the first evaluation the overview tells who could not be asked, and what ends that', async () => {
    const database = await databases.open()
    const clock = createFakeClock()
    await syncRegistry(database.db, config, clock.now())
    const { seats } = await overviewPage({ config, database, clock })
    expect(seats.map(({ skipped }) => skipped)).toEqual(
      seats.map(() =>
        expect.arrayContaining([
          {
            model: 'gemini-2.0-flash-001',
            reason: 'no GEMINI_API_KEY',
            remedy: expect.stringContaining('GEMINI_API_KEY'),
          },
        ]),
      ),
    )
  })
})
