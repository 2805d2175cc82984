import { describe, expect, test } from 'vitest'
import { recommend } from '../../src/recommendation/recommend.ts'
import type { Comparison } from '../../src/recommendation/recommendation.ts'
import { confirmSwitch } from '../../src/rollout/confirm-switch.ts'

interface Truth {
  accuracy: number
  latencyMs: number
  failures?: number
}

/** A comparison of `held` (accuracy 80, 2 s) with another model over so many samples. */
function compared({ accuracy, latencyMs, failures = 0 }: Truth, samples = 60): Comparison | undefined {
  const records = Array.from({ length: samples }, (_, index) => index).flatMap((index) => [
    { item: `i${index}`, model: 'held', repeat: 0, ok: true, accuracy: index % 5 === 0 ? 0 : 100, latencyMs: 2000 },
    {
      item: `i${index}`,
      model: 'other',
      repeat: 0,
      ok: index >= failures,
      accuracy: index < failures ? null : (index * 37) % 100 < accuracy ? 100 : 0,
      latencyMs: index < failures ? null : latencyMs,
    },
  ])
  const priced = records.map((record) => ({ ...record, costUsd: record.ok ? 0.004 : null }))
  return recommend({ incumbent: 'held', refs: { latencyMs: 2000, costUsd: 0.004 }, records: priced }).comparisons[0]
}

describe('a re-run without live traffic', () => {
  test('confirms a model that is better in total and no less accurate', () => {
    expect(confirmSwitch(compared({ accuracy: 100, latencyMs: 500 }))).toMatchObject({ isConfirmed: true, blocked: [] })
  })

  test('does not confirm one that is better only because it is faster, and may be less accurate', () => {
    const result = confirmSwitch(compared({ accuracy: 76, latencyMs: 300 }))
    expect(result.pBetter).toBeGreaterThan(0.95)
    expect(result).toMatchObject({ isConfirmed: false })
    expect(result.pNonInferior).toBeLessThan(0.95)
  })

  test('does not confirm one that fails too often, however good its answers are', () => {
    const result = confirmSwitch(compared({ accuracy: 100, latencyMs: 100, failures: 9 }))
    expect(result).toMatchObject({ isConfirmed: false })
    expect(result.blocked).toContain('failure_rate_above_cap')
  })

  test('says nothing where too little was measured', () => {
    expect(confirmSwitch(undefined)).toMatchObject({ isConfirmed: false, pBetter: null, pNonInferior: null })
    expect(confirmSwitch(compared({ accuracy: 100, latencyMs: 100 }, 12)).isConfirmed).toBe(false)
  })
})
