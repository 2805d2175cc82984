import { describe, expect, test } from 'vitest'
import { withChangedLine } from '../../src/datasets/changed-line.ts'

describe('a changed line', () => {
  const text = '\uFEFF{ "key": "a", "n": 1.0 }\r\n\r\n{ "key": "b" }\n{"key":"c"}'

  test('leaves every other line as it is, byte for byte', () => {
    expect(withChangedLine(text, 'b', (line) => ({ ...line, by: 'Ada' }))).toBe(
      '\uFEFF{ "key": "a", "n": 1.0 }\r\n\r\n{"key":"b","by":"Ada"}\n{"key":"c"}',
    )
  })

  test('can be the first and the last one', () => {
    expect(withChangedLine(text, 'a', () => ({ key: 'a' }))).toMatch(/^\{"key":"a"\}\r\n/)
    expect(withChangedLine(text, 'c', () => ({ key: 'c', n: 2 }))).toMatch(/\{"key":"c","n":2\}$/)
    expect(() => withChangedLine(text, 'd', (line) => line)).toThrow('"d"')
  })
})
