import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { JsonObject } from '../../src/shared/json.ts'
import { parsePath, valueAtPath, withValueAtPath } from '../../src/tasks/answer-path.ts'

describe('a path', () => {
  test.each(['a', 'a.b', 'a[]', 'a[].b', 'a.b[].c.d', 'top_skills[].skill-name'])('%s is one', (path) => {
    expect(parsePath(path)).toBeDefined()
  })

  test.each(['', '.', 'a.', '.a', 'a..b', '[]', 'a[0]', 'a[]b', 'a b', 'a[][]'])('%j is none', (path) => {
    expect(parsePath(path)).toBeUndefined()
  })

  test('leads through objects; what is missing or null is absent', () => {
    const value = { a: { b: 0, c: null, d: false } }
    expect(valueAtPath(value, 'a.b')).toEqual({ status: 'found', value: 0 })
    expect(valueAtPath(value, 'a.d')).toEqual({ status: 'found', value: false })
    for (const path of ['a.c', 'a.x', 'x', 'x.y', 'a.c.x', 'a.toString', 'constructor']) {
      expect(valueAtPath(value, path)).toEqual({ status: 'absent' })
    }
  })

  test('through a list gives what its elements hold there, null for those that hold nothing', () => {
    const value = { a: [{ b: 1 }, {}, 'x', { b: [2] }] }
    expect(valueAtPath(value, 'a[].b')).toEqual({ status: 'found', value: [1, null, null, [2]] })
    expect(valueAtPath({ a: [] }, 'a[].b')).toEqual({ status: 'found', value: [] })
    expect(valueAtPath({ a: ['x', 'y'] }, 'a[]')).toEqual({ status: 'found', value: ['x', 'y'] })
    expect(valueAtPath({ a: [{ b: [1] }, { b: [2, 3] }] }, 'a[].b[]')).toEqual({ status: 'found', value: [1, 2, 3] })
  })

  test.each<[JsonObject, string]>([
    [{ a: 'text' }, 'a.b'],
    [{ a: [] }, 'a.b'],
    [{ a: {} }, 'a[].b'],
    [{ a: 'text' }, 'a[]'],
  ])('in %j finds a wrong type at %s', (value, path) => {
    expect(valueAtPath(value, path)).toEqual({ status: 'wrong-type' })
  })

  test('can be written to and beside what is there', () => {
    expect(withValueAtPath({ a: { x: 1 } }, 'a.b', 2)).toEqual({ a: { x: 1, b: 2 } })
    expect(withValueAtPath({}, 'a[].b', [1, 2])).toEqual({ a: [{ b: 1 }, { b: 2 }] })
    expect(withValueAtPath({ a: [{ c: 0 }] }, 'a[].b', [1, 2])).toEqual({ a: [{ c: 0, b: 1 }, { b: 2 }] })
    expect(withValueAtPath({}, 'a[]', ['x'])).toEqual({ a: ['x'] })
  })

  test('gives what was written to it', () => {
    const key = fc.stringMatching(/^[a-z_]{1,5}$/)
    const path = fc.array(key, { minLength: 1, maxLength: 4 }).map((keys) => keys.join('.'))
    fc.assert(
      fc.property(path, fc.oneof(fc.string(), fc.integer(), fc.boolean()), (where, value) => {
        expect(valueAtPath(withValueAtPath({}, where, value), where)).toEqual({ status: 'found', value })
      }),
    )
  })
})
