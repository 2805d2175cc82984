import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { firstRacingBlock, racingChecks } from '../../src/analysis/racing-schedule.ts'

describe('when a challenger is looked at while it is asked', () => {
  test('100 samples three times: after 30, 60 and 100 of the first repeat, and after the second', () => {
    expect(racingChecks(100, 3)).toEqual([30, 60, 100, 200])
  })

  test('asked once, there is no look after the last call, where nothing is left to save', () => {
    expect(racingChecks(100, 1)).toEqual([30, 60])
    expect(racingChecks(30, 1)).toEqual([])
  })

  test('no look rests on fewer than 30 samples, and fewer than 30 samples are never raced', () => {
    expect(racingChecks(40, 2)).toEqual([30, 40])
    expect(racingChecks(29, 3)).toEqual([])
  })

  test('checks ascend, each before the last call', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2000 }), fc.integer({ min: 1, max: 5 }), (samples, repeats) => {
        const checks = racingChecks(samples, repeats)
        expect(checks).toEqual([...new Set(checks)].sort((one, other) => one - other))
        for (const calls of checks) {
          expect(calls).toBeGreaterThanOrEqual(30)
          expect(calls).toBeLessThan(samples * repeats)
        }
      }),
    )
  })

  test('a locked challenger is asked the first block: as many samples as the first check needs', () => {
    expect([firstRacingBlock(100), firstRacingBlock(50), firstRacingBlock(12)]).toEqual([30, 30, 12])
  })
})
