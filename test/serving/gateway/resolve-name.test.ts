import { describe, expect, test } from 'vitest'
import { resolveName } from '../../../src/serving/gateway/resolve-name.ts'

const names = {
  tiers: [
    { tier: 1, name: 'core' },
    { tier: 2, name: 'qwen3-4b' },
  ],
  models: new Set(['qwen3-4b', 'gemini-2.0-flash-001', 'tier-2']),
}

describe('the name of a model in a request', () => {
  test('is a tier by its number, before a model of that name', () => {
    expect(resolveName('tier-2', names)).toEqual({ kind: 'tier', tier: 2 })
  })

  test('is a tier by its name, before a model of that name', () => {
    expect(resolveName('core', names)).toEqual({ kind: 'tier', tier: 1 })
    expect(resolveName('qwen3-4b', names)).toEqual({ kind: 'tier', tier: 2 })
  })

  test('is a model of the registry', () => {
    expect(resolveName('gemini-2.0-flash-001', names)).toEqual({ kind: 'model', model: 'gemini-2.0-flash-001' })
  })

  test('that nothing has is refused with the nearest one', () => {
    expect(() => resolveName('gemini-2.0-flash-01', names)).toThrow('Did you mean gemini-2.0-flash-001?')
    expect(() => resolveName('teir-1', names)).toThrow('Did you mean tier-1?')
    expect(() => resolveName('gpt-4o', names)).toThrow('GET /v1/models lists what there is.')
  })

  test('is never an address, whatever it looks like', () => {
    for (const asked of ['http://169.254.169.254/latest', '../admin', '__proto__', '']) {
      expect(() => resolveName(asked, names)).toThrow(
        expect.objectContaining({ refusal: expect.objectContaining({ status: 404 }) }),
      )
    }
  })
})
