import { createHash } from 'node:crypto'
import { canonicalJson, type JsonObject, type JsonValue } from '../../shared/json.ts'
import { checkAgainst, pathText } from '../../shared/schema-problems.ts'
import type { FileProblem } from '../file-problem.ts'
import { type SampleLine, sampleLineSchema } from '../samples-file.ts'
import type { ColumnPlan } from './column-plan.ts'
import { objectIn } from './object-in.ts'
import type { Row } from './read-rows.ts'

export interface ImportedSample {
  row: Row
  sample: SampleLine
}

/**
 * Makes samples of the rows. Without a key a sample's key is made of its input, so that the same input always has the same
 * key.
 * @returns the samples, and a problem for every row that is none: without input, or with a key that stands already
 */
export function samplesFromRows(
  file: string,
  rows: readonly Row[],
  plan: ColumnPlan,
): { samples: ImportedSample[]; bad: FileProblem[] } {
  const samples: ImportedSample[] = []
  const bad: FileProblem[] = []
  const lines = new Map<string, number>()
  for (const row of rows) {
    const checked = checkAgainst(sampleLineSchema, lineFrom(row, plan))
    if (checked.status === 'invalid') {
      const messages = checked.problems.map(({ path, message }) => `at ${pathText(path)}: ${message}`)
      bad.push({ file, line: row.line, message: messages.join('; ') })
      continue
    }
    const { key } = checked.value
    const first = lines.get(key)
    if (first === undefined) samples.push({ row, sample: checked.value })
    else
      bad.push({
        file,
        line: row.line,
        message: `${plan.key === undefined ? 'the same input' : `the key "${key}"`} stands already on line ${first}`,
      })
    lines.set(key, first ?? row.line)
  }
  return { samples, bad }
}

function lineFrom({ cells }: Row, plan: ColumnPlan) {
  const input = inputFrom(cells, plan)
  return {
    key: textIn(cells, plan.key) ?? keyOf(input),
    category: textIn(cells, plan.category),
    complexity: textIn(cells, plan.complexity)?.toLowerCase(),
    cluster: textIn(cells, plan.cluster),
    notes: textIn(cells, plan.notes),
    input,
  }
}

function inputFrom(cells: JsonObject, { inputs }: ColumnPlan): JsonObject {
  const parts = inputs.map(({ column, name }): JsonObject => {
    const cell = cells[column]
    if (cell === undefined || cell === null) return {}
    return name === undefined ? (objectIn(cell) ?? {}) : { [name]: cell }
  })
  return Object.assign({}, ...parts) as JsonObject
}

function keyOf(input: JsonObject): string {
  return createHash('sha256').update(canonicalJson(input)).digest('hex').slice(0, 12)
}

/** What a column says as text; undefined where it says nothing. */
export function textIn(cells: JsonObject, column: string | undefined): string | undefined {
  return column === undefined ? undefined : asText(cells[column])
}

function asText(cell: JsonValue | undefined): string | undefined {
  if (cell === undefined || cell === null) return undefined
  return typeof cell === 'string' ? cell.trim() : JSON.stringify(cell)
}
