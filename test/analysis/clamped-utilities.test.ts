import { describe, expect, test } from 'vitest'
import { clampedUtilities } from '../../src/analysis/clamped-utilities.ts'

const refs = { latencyMs: 2000, costUsd: 0.004 }
const calls = (model: string, latencies: (number | null)[], costUsd = 0.004) =>
  latencies.map((latencyMs, index) => ({
    item: `i${index}`,
    model,
    repeat: 0,
    ok: true,
    accuracy: 80,
    latencyMs,
    costUsd,
  }))

describe('references that a model is out of reach of', () => {
  test('more than a fifth of the answers at the end of the scale is flagged', () => {
    const records = [...calls('slow', [9000, 9000, 2000, 2000, 2000]), ...calls('fine', [9000, 2000, 2000, 2000, 2000])]
    expect(clampedUtilities({ refs, records })).toEqual({ slow: ['speed_clamped'] })
  })

  test('a free model is at the end of the cost scale; unknown latencies are at no end', () => {
    expect(clampedUtilities({ refs, records: calls('free', [null, null, 2000], 0) })).toEqual({
      free: ['cost_clamped'],
    })
  })

  test('calls that failed are not at the end of the scale', () => {
    const records = calls('A', [2000, 2000]).map((record) => ({ ...record, ok: false }))
    expect(clampedUtilities({ refs, records })).toEqual({})
  })
})
