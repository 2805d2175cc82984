import { describe, expect, test } from 'vitest'
import { holdsPhrase, wordsOf } from '../../src/scoring/word-sequence.ts'

describe('words', () => {
  test.each([
    ['party', 'parties'],
    ['box', 'boxes'],
    ['case', 'cases'],
    ['course', 'courses'],
    ['class', 'classes'],
    ['size', 'sizes'],
    ['day', 'days'],
    ["company's", 'companys'],
    ['tie', 'ties'],
    ['cache', 'caches'],
  ])('%s and %s are the same word', (one, many) => {
    expect(wordsOf(one)).toEqual(wordsOf(many))
  })

  test.each([
    ['car', 'care'],
    ['plan', 'plane'],
    ['business', 'busy'],
    ['analysis', 'analyst'],
  ])('%s and %s stay different words', (one, other) => {
    expect(wordsOf(one)).not.toEqual(wordsOf(other))
  })

  test('an empty phrase is in no text', () => {
    expect(holdsPhrase(wordsOf('anything'), wordsOf('…'))).toBe(false)
  })
})
