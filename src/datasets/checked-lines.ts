import * as z from 'zod'
import { isJsonObject, type JsonObject } from '../shared/json.ts'
import { checkAgainst, pathText, shownValue } from '../shared/schema-problems.ts'
import type { FileProblem } from './file-problem.ts'
import { readJsonLines } from './json-lines.ts'

export interface CheckedLine<T> {
  line: number
  value: T
}

/** An object of any JSON. What it holds came out of a JSON parser and needs no second look. */
export const jsonObjectSchema = z.custom<JsonObject>(isJsonObject, {
  error: ({ input }) => `expected an object, got ${shownValue(input)}`,
})

/**
 * Reads a file of one JSON object a line, each checked against a schema, with keys that stand only once.
 * @throws UserError when the file cannot be read
 */
export function checkedLines<S extends z.ZodType<{ key: string }>>(
  path: string,
  schema: S,
): { lines: CheckedLine<z.output<S>>[]; problems: FileProblem[] } {
  const { lines, problems } = readJsonLines(path)
  const valid: CheckedLine<z.output<S>>[] = []
  for (const { line, value } of lines) {
    const checked = checkAgainst(schema, value)
    if (checked.status === 'valid') valid.push({ line, value: checked.value })
    else for (const problem of checked.problems) problems.push({ file: path, line, message: worded(problem) })
  }
  problems.push(...repeatedKeys(path, valid))
  return { lines: valid, problems: problems.sort((a, b) => (a.line ?? 0) - (b.line ?? 0)) }
}

function worded({ path, message }: { path: PropertyKey[]; message: string }): string {
  return `at ${pathText(path)}: ${message}`
}

function repeatedKeys(file: string, lines: readonly CheckedLine<{ key: string }>[]): FileProblem[] {
  const firstLines = new Map<string, number>()
  const problems: FileProblem[] = []
  for (const { line, value } of lines) {
    const first = firstLines.get(value.key)
    if (first === undefined) firstLines.set(value.key, line)
    else
      problems.push({ file, line, message: `the key "${value.key}" stands already on line ${first}; a key is unique` })
  }
  return problems
}
