import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { assumedSpreads, detectableDifference, samplesFor } from '../../src/analysis/detectable-difference.ts'

function spreadOf(answers: string, repeats: number) {
  const found = assumedSpreads.find((assumed) => assumed.answers === answers && assumed.repeats === repeats)
  if (found === undefined) throw new Error(`Nothing is assumed of ${answers}, ${repeats}.`)
  return found.spread
}

describe('the smallest difference that a dataset can detect', () => {
  test('with 100 samples and 3 repeats is what decisions.md section 2 says', () => {
    const binary = spreadOf('all or nothing', 3)
    const partial = spreadOf('partial credit', 3)
    // The standard errors there have two decimals, so that 1.22 gives 3.45 for its 3.4.
    const close = (given: number | undefined, wanted: number) => expect(given).toBeCloseTo(wanted, 0.9)
    close(detectableDifference(binary.total, 100), 4.1)
    close(detectableDifference(partial.total, 100), 3.4)
    close(detectableDifference(binary.accuracy, 100), 7.9)
    close(detectableDifference(partial.accuracy, 100), 6.6)
    // SE 4.3 with one repeat.
    expect(detectableDifference(spreadOf('all or nothing', 1).accuracy, 100)).toBeCloseTo(2.83 * 4.3, 1)
  })

  test('needs as many samples as decisions.md section 2 says', () => {
    const close = (given: number, wanted: number) => expect(Math.abs(given / wanted - 1)).toBeLessThan(0.025)
    close(samplesFor(3, spreadOf('all or nothing', 3).accuracy), 675)
    close(samplesFor(3, spreadOf('partial credit', 3).accuracy), 480)
    close(samplesFor(5, spreadOf('all or nothing', 3).accuracy), 245)
    close(samplesFor(5, spreadOf('partial credit', 3).accuracy), 175)
  })

  test('is detected by exactly as many samples as it is said to need', () => {
    const spread = fc.double({ min: 1, max: 60, noNaN: true })
    const difference = fc.double({ min: 0.5, max: 50, noNaN: true })
    fc.assert(
      fc.property(spread, difference, (sd, wanted) => {
        const samples = samplesFor(wanted, sd)
        expect(detectableDifference(sd, samples)).toBeLessThanOrEqual(wanted)
        if (samples > 2) expect(detectableDifference(sd, samples - 1)).toBeGreaterThan(wanted)
      }),
    )
  })

  test('is unknown for a single sample, which has no spread', () => {
    expect(detectableDifference(20, 1)).toBeUndefined()
  })
})
