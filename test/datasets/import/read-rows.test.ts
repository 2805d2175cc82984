import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { readRows } from '../../../src/datasets/import/read-rows.ts'
import { refusalOf } from '../refusal-of.ts'
import { writtenFolder } from '../written-dataset.ts'

function fileWith(name: string, text: string): string {
  return join(writtenFolder({ [name]: text }), name)
}

describe('a CSV', () => {
  test('gives its cells by column; an empty cell is absent', () => {
    expect(readRows(fileWith('a.csv', 'id, title ,text\n1,Nurse,\n2,,"a ""b"", c"\n'))).toEqual({
      columns: ['id', 'title', 'text'],
      rows: [
        { line: 2, cells: { id: '1', title: 'Nurse' } },
        { line: 3, cells: { id: '2', text: 'a "b", c' } },
      ],
      bad: [],
      isTyped: false,
    })
  })

  test.each([
    ['semicolons', 'id;text\n1;a,b\n'],
    ['tabs', 'id\ttext\n1\ta,b\n'],
    ['commas, Windows line ends and a byte order mark', '\uFEFFid,text\r\n1,"a,b"\r\n\r\n'],
    ['commas and old Mac line ends', 'id,text\r1,"a,b"\r'],
  ])('may have %s', (_what, text) => {
    expect(readRows(fileWith('a.csv', text)).rows).toEqual([{ line: 2, cells: { id: '1', text: 'a,b' } }])
  })

  test('counts the lines within quotation marks, so that a later problem has the right one', () => {
    const { rows, bad } = readRows(fileWith('a.csv', 'id,text\r\n1,"x\r\ny\r\nz"\r\n\r\n2\r\n3,c,d\r\n4,e\r\n'))
    expect(rows).toEqual([
      { line: 2, cells: { id: '1', text: 'x\ny\nz' } },
      { line: 8, cells: { id: '4', text: 'e' } },
    ])
    expect(bad.map(({ line, message }) => [line, message])).toEqual([
      [6, 'expected 2 cells as there are columns, got 1'],
      [7, 'expected 2 cells as there are columns, got 3'],
    ])
  })

  test.each([
    ['id,text\n1,"x" y\n2,z\n', '.csv:2:'],
    ['id,text\n1,un"quoted\n', '.csv:2:'],
    ['id,text\n1,"open\n2,z\n', '.csv:'],
  ])('with quotation marks after which the lines cannot be told apart is refused: %j', (text, place) => {
    const message = refusalOf(() => readRows(fileWith('a.csv', text)))
    expect(message).toContain(place)
    expect(message).toContain('doubled')
  })

  test.each([
    ['', 'a line of column names'],
    ['id,,text\n', 'a name for every column'],
    ['id,text,id\n', 'got "id" twice'],
  ])('without proper column names is refused: %j', (text, reason) => {
    expect(refusalOf(() => readRows(fileWith('a.csv', text)))).toContain(reason)
  })
})

describe('a file of JSON lines', () => {
  test('keeps the types of its values and reports lines that are no objects', () => {
    const { columns, rows, bad, isTyped } = readRows(fileWith('a.jsonl', '{"a":1}\nx\n{"b":["c"],"a":null}\n'))
    expect(columns).toEqual(['a', 'b'])
    expect(rows).toEqual([
      { line: 1, cells: { a: 1 } },
      { line: 3, cells: { b: ['c'], a: null } },
    ])
    expect(bad).toMatchObject([{ line: 2 }])
    expect(isTyped).toBe(true)
  })
})

describe('another file', () => {
  test('is refused by its ending', () => {
    expect(refusalOf(() => readRows('data.xlsx'))).toContain('.jsonl, .ndjson, .csv or .tsv, got data.xlsx')
  })

  test('that is missing or not UTF-8 is refused by its name', () => {
    expect(refusalOf(() => readRows('/nowhere/a.csv'))).toContain('/nowhere/a.csv: expected a file here')
    const path = fileWith('a.csv', 'x')
    writeFileSync(path, Buffer.from('id,caf\xe9\n', 'latin1'))
    expect(refusalOf(() => readRows(path))).toContain('save it as UTF-8')
  })
})
