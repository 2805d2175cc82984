import { describe, expect, test } from 'vitest'
import { nearestWord } from '../../src/shared/nearest-word.ts'

describe('the word that was probably meant', () => {
  test.each([
    ['wieght', 'weight'],
    ['CANDIDATES', 'candidates'],
    ['candidtae', 'candidates'],
    ['nam', 'name'],
  ])('for %s is %s', (written, meant) => {
    expect(nearestWord(written, ['weight', 'candidates', 'name', 'task'])).toBe(meant)
  })

  test('is unknown when nothing is near', () => {
    expect(nearestWord('colour', ['weight', 'name'])).toBeUndefined()
    expect(nearestWord('tax', [])).toBeUndefined()
  })

  test('is the first of equally near ones', () => {
    expect(nearestWord('cat', ['car', 'cap'])).toBe('car')
  })
})
