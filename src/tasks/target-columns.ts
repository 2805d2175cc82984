import type { TargetColumn } from '../datasets/import/column-plan.ts'
import { objectIn } from '../datasets/import/object-in.ts'
import type { Row, Rows } from '../datasets/import/read-rows.ts'
import type { JsonObject, JsonValue } from '../shared/json.ts'
import { UserError } from '../shared/user-error.ts'
import { parsePath, withValueAtPath } from './answer-path.ts'
import { cellReader, listReader, typeOfCells } from './csv-cell.ts'
import { schemaAtPath } from './schema-at-path.ts'
import { type AnswerSchema, typeOf } from './schema-subset.ts'

/**
 * Makes the target of a row from its target columns. Cells of a CSV, which are all text, become what the schema of the
 * answer asks for at their path; without a schema, what the whole column looks like: numbers, true and false, JSON, else
 * text. A cell for a path through a list holds a JSON list, or entries between semicolons or vertical bars.
 * @param schema of the answer; undefined when there is no task yet
 * @returns a function that gives undefined for a row without any target
 * @throws UserError when a path is none
 */
export function targetReader(
  columns: readonly TargetColumn[],
  rows: Rows,
  schema: AnswerSchema | undefined,
): (row: Row) => JsonObject | undefined {
  refuseNoPaths(columns)
  const readers = columns.map((column) => ({ ...column, read: readerOf(column, rows, schema) }))
  return ({ cells }) => {
    const parts = readers.flatMap(({ column, path, read }) => {
      const cell = cells[column]
      return cell === undefined || cell === null ? [] : [{ path, value: read(cell) }]
    })
    return parts.length === 0 ? undefined : parts.reduce(withPart, {})
  }
}

function withPart(target: JsonObject, { path, value }: { path: string | undefined; value: JsonValue }): JsonObject {
  return path === undefined ? Object.assign({}, target, objectIn(value)) : withValueAtPath(target, path, value)
}

function readerOf(
  { column, path }: TargetColumn,
  rows: Rows,
  schema: AnswerSchema | undefined,
): (cell: JsonValue) => JsonValue {
  if (rows.isTyped || path === undefined) return (cell) => cell
  const node = schema === undefined ? undefined : schemaAtPath(schema, path)
  const type = node === undefined ? undefined : typeOf(node)
  const read = path.includes('[]')
    ? listReader(cellReader(type ?? 'string'))
    : cellReader(type ?? typeOfCells(textsOf(rows, column)))
  return (cell) => (typeof cell === 'string' ? read(cell) : cell)
}

function textsOf({ rows }: Rows, column: string): string[] {
  return rows.map(({ cells }) => cells[column]).filter((cell) => typeof cell === 'string')
}

function refuseNoPaths(columns: readonly TargetColumn[]): void {
  for (const { column, path } of columns) {
    if (path === undefined || parsePath(path) !== undefined) continue
    throw new UserError(`Expected a path such as a.b or a[].b for the column "${column}", got "${path}".`)
  }
}
