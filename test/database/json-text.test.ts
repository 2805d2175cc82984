import fc from 'fast-check'
import { expect, test } from 'vitest'
import { toJsonText } from '../../src/database/json-text.ts'

test('text that PostgreSQL can store is kept as it is', () => {
  for (const text of ['', 'plain', '\\u0000 as six characters', '"\\"', '𝄞 😀', 'line\nbreak', '\u0001\u007f']) {
    expect(JSON.parse(toJsonText({ [text]: text }))).toEqual({ [text]: text })
  }
})

test('U+0000 and halves of surrogate pairs become U+FFFD, in values and in names', () => {
  const text = 'a\0b\ud800c\udfffd\\\0'
  const clean = 'a\ufffdb\ufffdc\ufffdd\\\ufffd'
  expect(JSON.parse(toJsonText({ [text]: [text] }))).toEqual({ [clean]: [clean] })
})

test('whatever a model says becomes JSON without what PostgreSQL refuses', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: fc.constantFrom('\\', 'u', '0', '\0', '\ud83d', '"', 'd') }),
      (a, b) => {
        const parsed = JSON.parse(toJsonText({ a, b })) as { a: string; b: string }
        expect(parsed.a).toBe(a.toWellFormed().replaceAll('\0', '\ufffd'))
        expect(parsed.b).toBe(b.toWellFormed().replaceAll('\0', '\ufffd'))
      },
    ),
  )
})
