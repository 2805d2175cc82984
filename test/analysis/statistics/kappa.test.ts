import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { kappa, quadraticDisagreement } from '../../../src/analysis/statistics/kappa.ts'

/** Pairs from a table of counts: rows are what the first said, columns what the second said. */
function pairsOf(table: readonly (readonly number[])[]): [number, number][] {
  return table.flatMap((row, first) =>
    row.flatMap((times, second) => Array.from({ length: times }, (): [number, number] => [first, second])),
  )
}

function weighted(pairs: readonly (readonly [number | null, number | null])[]) {
  return kappa(pairs, quadraticDisagreement(pairs))
}

describe('kappa', () => {
  test('of fifty proposals read by two people is 0.4 (0.7 observed, 0.5 expected)', () => {
    const table = [
      [20, 5],
      [10, 15],
    ]
    expect(kappa(pairsOf(table))).toBeCloseTo(0.4, 12)
  })

  test('of the three diagnoses in Fleiss, Cohen and Everitt 1969 is 0.429', () => {
    const table = [
      [53, 5, 2],
      [11, 14, 5],
      [1, 6, 3],
    ]
    expect(kappa(pairsOf(table))).toBeCloseTo(0.225 / 0.525, 12)
  })

  test('with weights is 1 − observed ÷ expected disagreement', () => {
    // Observed: three ones and one four, 7/6. Expected from the frequencies (2,2,2) and (2,3,1) of levels 1, 2, 3:
    // 2·(0·2+1·3+4·1) + 2·(1·2+0·3+1·1) + 2·(4·2+1·3+0·1) = 14 + 6 + 22, of 36.
    const pairs: [number, number][] = [
      [1, 1],
      [1, 2],
      [2, 2],
      [2, 3],
      [3, 1],
      [3, 2],
    ]
    expect(weighted(pairs)).toBeCloseTo(1 - 7 / 6 / (42 / 36), 12)
  })

  test('counts a label that only one gave as far from every level as the levels reach', () => {
    const pairs: [number | null, number | null][] = [
      [1, 1],
      [5, 5],
      [3, null],
      [null, null],
    ]
    // Range 4, so 16 a missing level; expected over 16 pairs: 1 with 1, 5, null, null: 0+16+16+16; the same for 5;
    // 3: 4+4+16+16; null: 16+16+0+0.
    expect(weighted(pairs)).toBeCloseTo(1 - 16 / 4 / ((48 + 48 + 40 + 32) / 16), 12)
  })

  test('is 1 where nobody ever used another label, and unknown without labels', () => {
    expect(kappa([['yes', 'yes']])).toBe(1)
    expect(kappa([])).toBeUndefined()
  })

  const pairs = fc.array(fc.tuple(fc.integer({ min: 1, max: 10 }), fc.integer({ min: 1, max: 10 })), { minLength: 1 })

  test('of the same labels is 1, and never more for others', () => {
    fc.assert(
      fc.property(pairs, (given) => {
        expect(kappa(given.map(([first]) => [first, first]))).toBe(1)
        expect(kappa(given)).toBeLessThanOrEqual(1)
        expect(weighted(given)).toBeLessThanOrEqual(1)
      }),
    )
  })

  test('does not depend on who came first, nor on the order of the samples', () => {
    fc.assert(
      fc.property(pairs, (given) => {
        const swapped = given.map(([first, second]): [number, number] => [second, first])
        for (const measure of [kappa, weighted]) {
          expect(measure(swapped)).toBeCloseTo(measure(given) ?? 0, 9)
          expect(measure(given.toReversed())).toBeCloseTo(measure(given) ?? 0, 9)
        }
      }),
    )
  })

  test('with quadratic weights is the concordance coefficient 2·cov ÷ (var + var + (difference of means)²)', () => {
    fc.assert(
      fc.property(pairs, (given) => {
        const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
        const [a, b] = [mean(given.map(([first]) => first)), mean(given.map(([, second]) => second))]
        const spread = mean(given.map(([first, second]) => (first - a) ** 2 + (second - b) ** 2)) + (a - b) ** 2
        const together = mean(given.map(([first, second]) => (first - a) * (second - b)))
        expect(weighted(given)).toBeCloseTo(spread === 0 ? 1 : (2 * together) / spread, 9)
      }),
    )
  })
})
