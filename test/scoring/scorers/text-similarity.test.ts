import { describe, expect, test } from 'vitest'
import { textSimilarity } from '../../../src/scoring/scorers/text-similarity.ts'

describe('text-similarity', () => {
  test('is the F1 of the words, whatever their order, case, punctuation and number', () => {
    expect(textSimilarity('The nurse works nights.', 'nights: works the NURSES', {})).toBe(1)
    expect(textSimilarity('a b c d', 'a b x y', {})).toBe(0.5)
    expect(textSimilarity('a b', 'c d', {})).toBe(0)
  })

  test('a word counts as often as it stands in both', () => {
    expect(textSimilarity('very very good', 'very good', {})).toBeCloseTo(0.8)
    expect(textSimilarity('good', 'good good good', {})).toBe(0.5)
  })

  test('two texts without words are alike, and one without words is like no other', () => {
    expect(textSimilarity('', '…', {})).toBe(1)
    expect(textSimilarity('', 'word', {})).toBe(0)
    expect(textSimilarity('word', '', {})).toBe(0)
  })

  test.each([3, null, ['word'], { a: 'word' }])('%j is no text', (answer) => {
    expect(textSimilarity('word', answer, {})).toBe(0)
  })
})
