import { describe, expect, test } from 'vitest'
import { pointsCovered } from '../../../src/scoring/scorers/points-covered.ts'

const target = [
  { point: 'night work', phrasings: ['night shifts', 'works at night'] },
  { point: 'wound care', phrasings: ['wound care', 'pressure ulcers'] },
]
const unlimited = { limit: undefined }

describe('points-covered', () => {
  test('is the share of the points of which any phrasing stands in the answer', () => {
    expect(pointsCovered(target, 'I like night shifts and know wound care.', unlimited)).toBe(1)
    expect(pointsCovered(target, 'I have treated pressure ulcers.', unlimited)).toBe(0.5)
    expect(pointsCovered(target, 'I am reliable.', unlimited)).toBe(0)
  })

  test('case, punctuation, accents, line breaks and plurals do not count', () => {
    expect(pointsCovered(target, 'Night-shift!', unlimited)).toBe(0.5)
    expect(pointsCovered(target, 'a Pressure\nUlcer', unlimited)).toBe(0.5)
    expect(pointsCovered([{ point: 'x', phrasings: ['cafés'] }], 'the cafe', unlimited)).toBe(1)
  })

  test('whole words in their order are needed', () => {
    expect(pointsCovered(target, 'fortnight shifts', unlimited)).toBe(0)
    expect(pointsCovered(target, 'care of a wound', unlimited)).toBe(0)
  })

  test('a list counts entry by entry: a phrasing does not reach from one into the next', () => {
    expect(pointsCovered(target, ['ready for night shifts', 'wound care'], unlimited)).toBe(1)
    expect(pointsCovered(target, ['every wound', 'care for people'], unlimited)).toBe(0)
  })

  test('with a limit only the first words of a text or entries of a list are read', () => {
    expect(pointsCovered(target, 'many other words before night shifts', { limit: 4 })).toBe(0)
    expect(pointsCovered(target, ['a', 'b', 'wound care'], { limit: 2 })).toBe(0)
    expect(pointsCovered(target, ['a', 'wound care', 'night shifts'], { limit: 2 })).toBe(0.5)
  })

  test('no points: saying nothing is right and saying something is wrong', () => {
    expect(pointsCovered([], [], unlimited)).toBe(1)
    expect(pointsCovered([], '', unlimited)).toBe(1)
    expect(pointsCovered([], ['a gap'], unlimited)).toBe(0)
  })

  test.each([3, true, null, { text: 'wound care' }, [{ text: 'wound care' }]])('%j says nothing', (answer) => {
    expect(pointsCovered(target, answer, unlimited)).toBe(0)
  })
})
