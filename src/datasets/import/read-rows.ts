import { extname } from 'node:path'
import { CsvError, parse } from 'csv-parse/sync'
import { counted } from '../../shared/counted.ts'
import type { JsonObject } from '../../shared/json.ts'
import { UserError } from '../../shared/user-error.ts'
import type { FileProblem } from '../file-problem.ts'
import { readJsonLines } from '../json-lines.ts'
import { readText } from '../text-file.ts'

/** One line of a user's file: what it holds by column. */
export interface Row {
  /** 1-based line of the file on which the row begins. */
  line: number
  cells: JsonObject
}

export interface Rows {
  /** In the order of the file; of JSON lines, in the order in which the keys were first seen. */
  columns: string[]
  rows: Row[]
  /** Lines that could not be read, and why. */
  bad: FileProblem[]
  /** Whether cells have types of their own (JSON); the cells of a CSV are all text. */
  isTyped: boolean
}

/**
 * Reads a user's own file: JSON lines (.jsonl, .ndjson) or CSV with a line of column names (.csv, .tsv), with or without
 * byte order mark, with any line ends, separated by commas, semicolons or tabs.
 * @throws UserError for another kind of file, for a line of column names that is none, and for quotation marks in a CSV
 * after which the lines cannot be told apart
 */
export function readRows(path: string): Rows {
  const ending = extname(path).toLowerCase()
  if (ending === '.jsonl' || ending === '.ndjson') return jsonRows(path)
  if (ending === '.csv' || ending === '.tsv') return csvRows(path)
  throw new UserError(`Expected a file that ends in .jsonl, .ndjson, .csv or .tsv, got ${path}.`)
}

function jsonRows(path: string): Rows {
  const { lines, problems } = readJsonLines(path)
  const columns = new Set(lines.flatMap(({ value }) => Object.keys(value)))
  return {
    columns: [...columns],
    rows: lines.map(({ line, value }) => ({ line, cells: value })),
    bad: problems,
    isTyped: true,
  }
}

interface CsvRecord {
  record: string[]
  info: { lines: number }
}

function csvRows(path: string): Rows {
  // csv-parse counts \r\n within quotation marks as two lines.
  const text = readText(path).replace(/\r\n?/g, '\n')
  const [header, ...records] = csvRecords(path, text)
  if (header === undefined) throw new UserError(`${path}: expected a line of column names, got an empty file.`)
  const columns = checkedColumns(path, header.record)
  const complete = records.filter(({ record }) => record.length === columns.length)
  return {
    columns,
    rows: complete.map((found) => ({ line: firstLine(found), cells: cellsOf(columns, found.record) })),
    bad: records
      .filter(({ record }) => record.length !== columns.length)
      .map((found) => wrongLength(path, found, columns)),
    isTyped: false,
  }
}

function csvRecords(path: string, text: string): CsvRecord[] {
  const options = {
    delimiter: delimiterOf(text),
    info: true as const,
    relax_column_count: true,
    skip_empty_lines: true,
  }
  try {
    return parse(text, options) as unknown as CsvRecord[]
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    const line = typeof error.lines === 'number' ? `:${error.lines}` : ''
    throw new UserError(
      `${path}${line}: ${error.message}. A cell with quotation marks in it stands in quotation marks, and those inside are doubled.`,
    )
  }
}

/** What stands most often between the column names. */
function delimiterOf(text: string): string {
  const [header = ''] = text.replaceAll(/"[^"]*"/g, '').split('\n')
  const uses = [',', ';', '\t'].map((delimiter) => ({ delimiter, count: header.split(delimiter).length }))
  return uses.reduce((best, next) => (next.count > best.count ? next : best)).delimiter
}

function checkedColumns(path: string, header: readonly string[]): string[] {
  const columns = header.map((name) => name.trim())
  const repeated = columns.find((name, index) => columns.indexOf(name) < index)
  if (columns.includes('')) throw new UserError(`${path}:1: expected a name for every column, got an empty one.`)
  if (repeated !== undefined) throw new UserError(`${path}:1: expected every column once, got "${repeated}" twice.`)
  return columns
}

/** An empty cell says nothing: it is absent. */
function cellsOf(columns: readonly string[], record: readonly string[]): JsonObject {
  const cells = columns.map((column, index): [string, string] => [column, record[index] ?? ''])
  return Object.fromEntries(cells.filter(([, cell]) => cell.trim() !== ''))
}

function firstLine({ record, info }: CsvRecord): number {
  return info.lines - record.join('').split('\n').length + 1
}

function wrongLength(file: string, found: CsvRecord, columns: readonly string[]): FileProblem {
  const message = `expected ${counted(columns.length, 'cell')} as there are columns, got ${found.record.length}`
  return { file, line: firstLine(found), message }
}
