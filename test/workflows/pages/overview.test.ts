import { expect, test } from 'vitest'
import { loadConfig } from '../../../src/config/config.ts'
import { overviewPage } from '../../../src/workflows/pages/overview.ts'
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
})
