import { expect, test } from 'vitest'
import { listModels } from '../../src/database/model-queries.ts'
import { addModel } from '../../src/workflows/add-model.ts'
import { configOf } from '../config/config-folder.ts'
import { createFakeClock } from '../support/fake-clock.ts'
import { onEmbedded } from '../support/test-databases.ts'

onEmbedded((databases) => {
  test('a price that a person gives is of the day on which it was given, by the clock that decides everything else', async () => {
    const database = await databases.open()
    const clock = createFakeClock({ start: new Date('2031-05-06T23:00:00Z') })
    const wanted = { name: 'new', provider: 'gemini', id: undefined, tiers: [], contextTokens: undefined }
    const price = { price: ['0.0001', '0.0004'], priceSource: 'entered by hand' }
    await addModel({ config: configOf(''), database, clock }, { ...wanted, ...price })
    const added = (await listModels(database.db)).find(({ name }) => name === 'new')
    expect(added?.price).toMatchObject({ inputUsdPer1k: 0.0001, outputUsdPer1k: 0.0004, asOf: '2031-05-06' })
  })
})
