import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { pointsAgreement } from '../../../src/scoring/agreement/points-agreement.ts'

function point(...phrasings: string[]) {
  return { point: phrasings[0] ?? '', phrasings }
}

describe('two lists of points', () => {
  test('agree in the points of which a phrasing of one stands in a phrasing of the other', () => {
    const first = [point('night shifts', 'working at night'), point('wound care'), point('team of twelve')]
    const second = [point('used to working at nights and weekends'), point('Wound-care'), point('stroke')]
    expect(pointsAgreement(first, second)).toBeCloseTo(4 / 6, 12)
  })

  test('do not agree in words that stand apart', () => {
    expect(pointsAgreement([point('wound care')], [point('care of a wound')])).toBe(0)
  })

  test('count a point once, and are paired so that as many as possible agree', () => {
    const general = point('medication', 'wound care')
    expect(pointsAgreement([general], [point('medication'), point('wound care')])).toBeCloseTo(2 / 3, 12)
    const narrow = point('medication')
    expect(pointsAgreement([general, narrow], [narrow, point('wound care')])).toBe(1)
  })

  test('agree when both are empty', () => {
    expect(pointsAgreement([], [])).toBe(1)
    expect(pointsAgreement([], [point('a')])).toBe(0)
  })

  const points = fc.array(
    fc.array(fc.constantFrom('a', 'b', 'a b', 'b c', 'd'), { minLength: 1, maxLength: 3 }).map((all) => point(...all)),
    { maxLength: 5 },
  )

  test('agree fully with themselves, and alike in both directions and every order', () => {
    fc.assert(
      fc.property(points, points, (first, second) => {
        expect(pointsAgreement(first, first)).toBe(1)
        expect(pointsAgreement(second, first)).toBe(pointsAgreement(first, second))
        expect(pointsAgreement(first.toReversed(), second)).toBe(pointsAgreement(first, second))
      }),
    )
  })
})
