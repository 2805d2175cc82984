import { describe, expect, test } from 'vitest'
import type { JsonObject } from '../../src/shared/json.ts'
import type { AnswerSchema } from '../../src/tasks/schema-subset.ts'
import { targetReader } from '../../src/tasks/target-columns.ts'
import { refusalOf } from '../datasets/refusal-of.ts'

/** The targets of a CSV with one column for each path. */
function targetsOf(cells: Record<string, string[]>, schema?: AnswerSchema): (JsonObject | undefined)[] {
  const [first = []] = Object.values(cells)
  const rows = first.map((_, index) => ({
    line: index + 2,
    cells: Object.fromEntries(
      Object.entries(cells).flatMap(([path, column]) => (column[index] ? [[path, column[index]]] : [])),
    ),
  }))
  const columns = Object.keys(cells).map((path) => ({ column: path, path, tier: 'tier1' }))
  return rows.map(targetReader(columns, { columns: Object.keys(cells), rows, bad: [], isTyped: false }, schema))
}

describe('target cells of a CSV', () => {
  test('become numbers, booleans, lists and objects where their whole column looks like it', () => {
    expect(
      targetsOf({
        n: ['1', '2,000.5'],
        b: ['TRUE', 'false'],
        l: ['["a"]', '[]'],
        'o.p': ['{"a":1}', '{}'],
        s: ['1', 'x'],
      }),
    ).toEqual([
      { n: 1, b: true, l: ['a'], o: { p: { a: 1 } }, s: '1' },
      { n: 2000.5, b: false, l: [], o: { p: {} }, s: 'x' },
    ])
  })

  test('with needless zeros are codes and stay text', () => {
    expect(targetsOf({ code: ['01060', '80331'] })).toEqual([{ code: '01060' }, { code: '80331' }])
  })

  test('become what the schema of the task asks for, also where the column looks otherwise', () => {
    const schema: AnswerSchema = {
      type: 'object',
      properties: {
        code: { type: 'string' },
        level: { type: ['integer', 'null'] },
        tags: { type: 'array', items: { type: 'string' } },
      },
    }
    expect(targetsOf({ code: ['1', '2'], level: ['3', 'many'], tags: ['a; b', '["c;d"]'] }, schema)).toEqual([
      { code: '1', level: 3, tags: ['a', 'b'] },
      { code: '2', level: 'many', tags: ['c;d'] },
    ])
  })

  test('for a path through a list hold entries between semicolons or bars', () => {
    expect(targetsOf({ 'skills[].name': ['Python; SQL|Go;'], 'tags[]': ['a'] })).toEqual([
      { skills: [{ name: 'Python' }, { name: 'SQL' }, { name: 'Go' }], tags: ['a'] },
    ])
  })

  test('that are empty say nothing, and a row of empty ones has no target', () => {
    expect(targetsOf({ a: ['x', ''], b: ['', ''] })).toEqual([{ a: 'x' }, undefined])
  })

  test('under a name that is no path are refused', () => {
    expect(refusalOf(() => targetsOf({ 'a[0].b': ['x'] }))).toContain('got "a[0].b"')
  })
})
