import { sql } from 'kysely'
import { beforeAll, expect, test } from 'vitest'
import type { Database } from '../../src/database/database.ts'
import { activateModel, deactivateModel, insertModel, listModels, saveModel } from '../../src/database/model-queries.ts'
import { priceHistory } from '../../src/database/price-queries.ts'
import type { Model, Price } from '../../src/providers/model.ts'
import { UserError } from '../../src/shared/user-error.ts'
import { exampleModel, exampleTime } from '../support/example-evaluation.ts'
import { forEachDatabase } from '../support/test-databases.ts'

const price: Price = {
  inputUsdPer1k: 0.000_037_5,
  outputUsdPer1k: 0.000_15,
  cachedInputUsdPer1k: 0.000_009_375,
  asOf: '2026-11-01',
  source: 'price page',
}

forEachDatabase((databases) => {
  let database: Database
  beforeAll(async () => {
    database = await databases.open()
  })

  async function load(name: string): Promise<Model | undefined> {
    return (await listModels(database.db)).find((model) => model.name === name)
  }

  test('a model of the document is a Gemini model without a price, called by its own name', async () => {
    expect(await load('gemini-1.5-pro')).toMatchObject({
      name: 'gemini-1.5-pro',
      provider: 'gemini',
      providerKind: 'gemini',
      providerModelId: 'gemini-1.5-pro',
      baseUrl: undefined,
      family: 'gemini-1.5',
      pricingTier: 'free',
      capabilities: { reasoning: 9, speed: 6, extraction: 8 },
      contextTokens: undefined,
      price: undefined,
      isActive: true,
    })
  })

  test('a model comes back as it was added, its price to the last digit', async () => {
    const model = exampleModel({ price, pricingTier: 'paid' })
    expect(await insertModel(database.db, model, exampleTime)).toBe('inserted')
    expect(await load(model.name)).toMatchObject(model)
    expect(await insertModel(database.db, { ...model, family: 'other' }, exampleTime)).toBe('exists')
    expect(await load(model.name)).toMatchObject(model)
  })

  test('what the configuration says of its own model follows the configuration', async () => {
    const model = exampleModel({ name: 'own' })
    await saveModel(database.db, model, exampleTime)
    const changed = { ...model, family: 'new', capabilities: {}, contextTokens: 32_768, baseUrl: undefined }
    await saveModel(database.db, changed, exampleTime)
    expect(await load('own')).toMatchObject(changed)
  })

  test("the document's rows keep family, plan and capabilities, and learn where to be called", async () => {
    const name = 'gemini-2.0-flash-001'
    const before = await load(name)
    const configured = exampleModel({
      name,
      provider: 'proxy',
      providerModelId: 'google/flash',
      price,
      contextTokens: 1_000_000,
    })
    await saveModel(database.db, configured, exampleTime)
    await saveModel(database.db, configured, exampleTime)
    expect(await load(name)).toEqual({
      ...before,
      provider: 'proxy',
      providerKind: 'openai',
      providerModelId: 'google/flash',
      baseUrl: configured.baseUrl,
      contextTokens: 1_000_000,
      price,
    })
  })

  test('a retired model stays retired when the configuration names it, until somebody takes it back', async () => {
    const model = exampleModel({ name: 'retired' })
    await saveModel(database.db, model, exampleTime)
    expect(await deactivateModel(database.db, 'retired', '404 from the provider', exampleTime)).toBe(true)
    expect(await deactivateModel(database.db, 'retired', 'again', exampleTime)).toBe(false)
    await saveModel(database.db, model, exampleTime)
    expect(await load('retired')).toMatchObject({ isActive: false })
    const { rows } = await sql`
      select deactivated_at, deactivation_reason from model_registry where model_name = 'retired'`.execute(database.db)
    expect(rows).toEqual([{ deactivated_at: exampleTime, deactivation_reason: '404 from the provider' }])
    expect(await activateModel(database.db, 'retired')).toBe(true)
    expect(await activateModel(database.db, 'retired')).toBe(false)
    expect(await load('retired')).toMatchObject({ isActive: true })
    expect(await deactivateModel(database.db, 'unheard-of', '', exampleTime)).toBe(false)
  })

  test('every price that a model had stays on record, with day and source', async () => {
    const model = exampleModel({ name: 'priced' })
    const later = { ...price, inputUsdPer1k: 0.0001, asOf: '2026-12-01' }
    for (const next of [price, price, later]) await saveModel(database.db, { ...model, price: next }, exampleTime)
    expect(await priceHistory(database.db, 'priced')).toEqual([
      { ...later, recordedAt: exampleTime },
      { ...price, recordedAt: exampleTime },
    ])
    const { rows } = await sql`
      select cost_per_1k_input, cost_per_1k_output from model_registry where model_name = 'priced'`.execute(database.db)
    expect(rows).toEqual([{ cost_per_1k_input: 0.0001, cost_per_1k_output: 0.000_15 }])
  })

  test('a price that somebody wrote into the registry by hand counts', async () => {
    await saveModel(database.db, exampleModel({ name: 'by-hand', price }), exampleTime)
    await sql`update model_registry set cost_per_1k_input = 0.5 where model_name = 'by-hand'`.execute(database.db)
    expect((await load('by-hand'))?.price).toEqual({
      inputUsdPer1k: 0.5,
      outputUsdPer1k: 0.000_15,
      cachedInputUsdPer1k: undefined,
      asOf: '2026-11-22',
      source: 'model_registry',
    })
  })

  test('a name that is too long for the table is refused with a sentence', async () => {
    const model = exampleModel({ name: 'x'.repeat(101) })
    await expect(saveModel(database.db, model, exampleTime)).rejects.toThrow(UserError)
    await expect(insertModel(database.db, model, exampleTime)).rejects.toThrow(
      /at most 100 characters, got "x+" with 101/,
    )
  })
})
