import { describe, expect, test } from 'vitest'
import type { Config } from '../../src/config/config.ts'
import type { Model } from '../../src/providers/model.ts'
import { costOf, priceOf } from '../../src/providers/price.ts'
import { modelEpoch } from '../../src/workflows/epoch.ts'
import { withElectricity } from '../../src/workflows/priced-models.ts'
import { configOf } from '../config/config-folder.ts'

const text = `
electricity: { usdPerKwh: 0.3, watts: 400, asOf: 2026-01-31 }
providers:
  ollama: { watts: 250 }
  vllm: { kind: openai, baseUrl: http://127.0.0.1:8000/v1 }
  rented: { kind: openai, baseUrl: https://gpu.example.com/v1 }
models:
  - { name: large, provider: ollama, watts: 320 }
`

function model(settings: Partial<Model>): Model {
  return {
    name: 'm',
    provider: 'ollama',
    providerKind: 'ollama',
    providerModelId: 'qwen3:4b',
    baseUrl: undefined,
    family: undefined,
    pricingTier: undefined,
    capabilities: {},
    contextTokens: undefined,
    price: undefined,
    isActive: true,
    ...settings,
  }
}

const served = { provider: 'vllm', providerKind: 'openai' as const, baseUrl: 'http://127.0.0.1:8000/v1' }
const priced = (settings: Partial<Model>, config: Config = configOf(text)) => withElectricity(model(settings), config)
const perHour = (settings: Partial<Model>) => priced(settings).price?.usdPerHour

describe('the electricity of a local model', () => {
  test('is the watts of the model, else of its server, else of the machine, at the tariff', () => {
    expect(perHour({ name: 'large' })).toBeCloseTo(0.096, 12)
    expect(perHour({})).toBeCloseTo(0.075, 12)
    expect(perHour(served)).toBeCloseTo(0.12, 12)
  })

  test('is told as an estimate', () => {
    expect(priceOf(priced({}))).toMatchObject({
      asOf: '2026-01-31',
      source: 'estimate: 250 W at $0.3 a kWh',
    })
  })

  test('is not asked of remote models, of models with a price of their own, and without a tariff', () => {
    const price = {
      inputUsdPer1k: 1,
      outputUsdPer1k: 1,
      cachedInputUsdPer1k: 1,
      asOf: '2026-01-31',
      source: 'contract',
    }
    expect(
      perHour({ provider: 'rented', providerKind: 'openai', baseUrl: 'https://gpu.example.com/v1' }),
    ).toBeUndefined()
    expect(perHour({ price })).toBeUndefined()
    expect(priced({}, configOf('')).price).toBeUndefined()
  })

  test('adds up to the watts of the machine over the time, however many calls share it', () => {
    const own = priced({})
    const usage = { inputTokens: 1, outputTokens: 1, reasoningTokens: undefined, cachedInputTokens: undefined }
    const fourAtOnce = 4 * (costOf(own, usage, { ms: 3_600_000, sharedBy: 4 }) ?? 0)
    expect(fourAtOnce).toBeCloseTo(0.25 * 0.3, 12)
  })

  test('begins a new epoch when the tariff changes, and leaves that of others alone', () => {
    const dearer = { ...configOf(text), electricity: { usdPerKwh: 0.5, watts: 400, asOf: '2026-06-30' } }
    expect(modelEpoch(priced({}, dearer))).not.toEqual(modelEpoch(priced({})))
    expect(modelEpoch(model({}))).toEqual({ id: 'qwen3:4b', price: null })
  })
})
