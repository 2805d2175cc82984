import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { termIndex } from '../../../src/providers/rules/find-terms.ts'
import { plainText } from '../../../src/providers/rules/plain-text.ts'
import { readText } from '../../../src/providers/rules/read-text.ts'

const headings = termIndex({ requirements: ['requirements', 'what you bring'], benefits: ['benefits'] })

function sectionsOf(text: string): (string | undefined)[] {
  return readText(text, headings).sentences.map(({ section }) => section)
}

describe('reading a text', () => {
  test('cuts it at line breaks and at the ends of sentences, not inside of figures and names', () => {
    const { original, sentences } = readText('We use Node.js. Pay is 3.180 a month!\nApply now', headings)
    const texts = sentences.map(({ start, end }) => original.slice(start, end).trim())
    expect(texts).toEqual(['We use Node.js.', 'Pay is 3.180 a month!', 'Apply now'])
  })

  test('knows the section that a heading began', () => {
    expect(sectionsOf('Hello\nWhat you bring:\nPython\nBENEFITS\nfruit')).toEqual([
      undefined,
      'requirements',
      'requirements',
      'benefits',
      'benefits',
    ])
  })

  test('takes a heading with its content on one line, and no ordinary sentence for a heading', () => {
    expect(sectionsOf('Requirements: Python, SQL, patience, and a driving licence')).toEqual(['requirements'])
    expect(sectionsOf('Benefits of this kind are rare in our trade and we know it')).toEqual([undefined])
  })

  test('sees markup as blanks and block tags as line breaks', () => {
    const html = '<p>Bring&nbsp;your <b>wits</b></p><li>and boots</li>'
    const { original, sentences } = readText(html, headings)
    expect(sentences.map(({ words }) => words.map(({ word }) => word).join(' ')).filter(Boolean)).toEqual([
      'bring your wits',
      'and boots',
    ])
    expect(original).toBe(html)
  })

  test('keeps every place: what is blanked out keeps its length', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('<p>', '<', '>', '&amp;', '&', 'a', ' ', '</li>', 'é'), { maxLength: 60 }),
        (parts) => {
          expect(plainText(parts.join(''))).toHaveLength(parts.join('').length)
        },
      ),
    )
  })

  test('cuts a sentence that does not end, and loses no word of it', () => {
    const { sentences } = readText('word '.repeat(1234), headings)
    expect(Math.max(...sentences.map(({ words }) => words.length))).toBeLessThanOrEqual(100)
    expect(sentences.reduce((total, { words }) => total + words.length, 0)).toBe(1234)
  })
})
