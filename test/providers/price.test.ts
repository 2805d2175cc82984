import { describe, expect, test } from 'vitest'
import type { Model } from '../../src/providers/model.ts'
import { costOf, listPrice, priceOf } from '../../src/providers/price.ts'
import type { Usage } from '../../src/providers/provider.ts'

function model(settings: Partial<Model>): Model {
  return {
    name: 'm',
    provider: 'gemini',
    providerKind: 'gemini',
    providerModelId: 'gemini-2.0-flash-001',
    baseUrl: undefined,
    family: undefined,
    pricingTier: 'free',
    capabilities: {},
    contextTokens: undefined,
    price: undefined,
    isActive: true,
    ...settings,
  }
}

function usage(settings: Partial<Usage>): Usage {
  return { inputTokens: 1000, outputTokens: 500, reasoningTokens: undefined, cachedInputTokens: undefined, ...settings }
}

describe('the cost of a call', () => {
  test('is the list price of input and output tokens, also on a free plan', () => {
    expect(costOf(model({}), usage({}))).toBeCloseTo(0.0001 + 0.5 * 0.0004, 12)
  })

  test('counts cached input once, at its own price', () => {
    expect(costOf(model({}), usage({ cachedInputTokens: 400 }))).toBeCloseTo(0.6 * 0.0001 + 0.4 * 0.000025 + 0.0002, 12)
  })

  test('is unknown, not 0, when a token count or the price is unknown', () => {
    expect(costOf(model({}), usage({ outputTokens: undefined }))).toBeUndefined()
    expect(costOf(model({ providerModelId: 'gemini-99' }), usage({}))).toBeUndefined()
  })

  test('is 0 for a baseline and for a model on the own machine', () => {
    expect(
      costOf(model({ providerKind: 'rules', providerModelId: 'rules-basic' }), usage({ inputTokens: undefined })),
    ).toBe(0)
    const local = { providerKind: 'openai', providerModelId: 'qwen', baseUrl: 'http://127.0.0.1:8000/v1' } as const
    expect(costOf(model(local), usage({}))).toBe(0)
  })

  test('of a machine with a price per hour is that of its share of the time', () => {
    const free = { inputUsdPer1k: 0, outputUsdPer1k: 0, cachedInputUsdPer1k: 0, asOf: '2026-01-31', source: 'estimate' }
    const own = model({ providerKind: 'ollama', price: { ...free, usdPerHour: 0.36 } })
    const unknown = usage({ inputTokens: undefined, outputTokens: undefined })
    expect(costOf(own, unknown, { ms: 10_000, sharedBy: 1 })).toBeCloseTo(0.001, 12)
    expect(costOf(own, unknown, { ms: 10_000, sharedBy: 4 })).toBeCloseTo(0.00025, 12)
    expect(costOf(own, unknown)).toBeUndefined()
  })

  test('is unknown for a remote server without a price, even when it speaks the protocol of a local one', () => {
    const remote = { providerKind: 'openai', providerModelId: 'qwen', baseUrl: 'https://llm.example.com/v1' } as const
    expect(costOf(model(remote), usage({}))).toBeUndefined()
  })

  test('a price of the registry goes before the list', () => {
    const price = {
      inputUsdPer1k: 1,
      outputUsdPer1k: 0,
      cachedInputUsdPer1k: undefined,
      asOf: '2026-01-01',
      source: 'contract',
    }
    expect(costOf(model({ price }), usage({ outputTokens: undefined }))).toBe(1)
    expect(priceOf(model({ price }))?.source).toBe('contract')
  })

  test('every list price says when and where it was read', () => {
    expect(listPrice('gemini-1.5-pro')).toMatchObject({
      asOf: expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
      source: expect.any(String),
    })
  })
})
