import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compilePhrase, indexPhrases, matchPhrases } from '../../../src/providers/rules/phrases.ts'
import { wordsOf } from '../../../src/providers/rules/words.ts'

function found(phrase: string, text: string): boolean {
  const compiled = compilePhrase(phrase, true)
  if (compiled === undefined) throw new Error(`"${phrase}" is no phrase`)
  return matchPhrases(indexPhrases([compiled]), wordsOf(text)).length > 0
}

describe('a phrase', () => {
  test.each([
    ['wound care', 'WOUND CARE, daily'],
    ['on call', 'on-call every third week'],
    ['node.js', 'Node.js and more'],
    ['c++', 'modern C++17? no, C++.'],
    ['saute', 'sauté station'],
    ["don't", 'We don’t mind'],
    ['reship*', 'reshipping of parcels'],
    ['=Go', 'services in Go'],
    ['NUMBER years', 'at least 10 years'],
    ['pay ... fee', 'pay a small registration fee'],
    ['pay ... fee', 'pay fee'],
  ])('"%s" stands in "%s"', (phrase, text) => {
    expect(found(phrase, text)).toBe(true)
  })

  test.each([
    ['care', 'careful'],
    ['wound care', 'care of a wound'],
    ['=Go', 'ready to go'],
    ['c', 'C++'],
    ['pay ... fee', 'pay is good here and there never is any fee'],
    ['NUMBER years', 'many years'],
  ])('"%s" does not stand in "%s"', (phrase, text) => {
    expect(found(phrase, text)).toBe(false)
  })

  test.each(['', '!?', '... fee', 'pay ...', 'a ... b ... c ... d'])('"%s" is refused', (phrase) => {
    expect(compilePhrase(phrase, true)).toBeUndefined()
  })
})

test('the words of any text stand where they say', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (text) => {
      for (const { written, start, end } of wordsOf(text)) expect(text.slice(start, end)).toBe(written)
    }),
  )
})
