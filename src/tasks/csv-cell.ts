import { jsonIn, objectIn } from '../datasets/import/object-in.ts'
import type { JsonValue } from '../shared/json.ts'
import { numberFrom } from './number-from.ts'

/** Reads a cell of a CSV, which is text, as a value of some type; it stays text where it is none. */
export type ReadCell = (cell: string) => JsonValue

/** @param type a type of JSON Schema */
export function cellReader(type: string): ReadCell {
  if (type === 'number' || type === 'integer') return (cell) => numberFrom(cell) ?? cell.trim()
  if (type === 'boolean') return (cell) => truthIn(cell) ?? cell.trim()
  if (type === 'array') return listReader(cellReader('string'))
  if (type === 'object') return (cell) => objectIn(cell) ?? cell.trim()
  return (cell) => cell.trim()
}

/** A JSON list, or entries between semicolons or vertical bars. */
export function listReader(readEntry: ReadCell): ReadCell {
  return (cell) => {
    const json = jsonIn(cell)
    if (Array.isArray(json)) return json
    const entries = cell.split(/[;|]/).map((entry) => entry.trim())
    return entries.filter((entry) => entry !== '').map(readEntry)
  }
}

/** The one type that all cells of a column have, so that "7" in a column of words stays a word. */
export function typeOfCells(cells: readonly string[]): string {
  if (cells.every(isPlainNumber)) return 'number'
  if (cells.every((cell) => truthIn(cell) !== undefined)) return 'boolean'
  if (cells.every((cell) => Array.isArray(jsonIn(cell)))) return 'array'
  return cells.every((cell) => objectIn(cell) !== undefined) ? 'object' : 'string'
}

/** A number that begins with a needless zero is a code, such as a postcode. */
function isPlainNumber(cell: string): boolean {
  return numberFrom(cell) !== undefined && !/^[+-]?0\d/.test(cell.trim())
}

function truthIn(cell: string): boolean | undefined {
  const word = cell.trim().toLowerCase()
  if (word === 'true') return true
  return word === 'false' ? false : undefined
}
