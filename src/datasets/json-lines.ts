import { isJsonObject, type JsonObject } from '../shared/json.ts'
import type { FileProblem } from './file-problem.ts'
import { readText } from './text-file.ts'

export interface JsonLine {
  /** 1-based line of the file. */
  line: number
  value: JsonObject
}

/**
 * Reads a file of one JSON object a line. Empty lines, a byte order mark and Windows line ends are taken; every other
 * line that is no object is a problem.
 * @throws UserError when the file cannot be read
 */
export function readJsonLines(path: string): { lines: JsonLine[]; problems: FileProblem[] } {
  const lines: JsonLine[] = []
  const problems: FileProblem[] = []
  for (const [index, text] of readText(path)
    .split(/\r\n|\n|\r/)
    .entries()) {
    if (text.trim() === '') continue
    const parsed = objectIn(text)
    if (typeof parsed === 'string') problems.push({ file: path, line: index + 1, message: parsed })
    else lines.push({ line: index + 1, value: parsed })
  }
  return { lines, problems }
}

/** The object in a line, or what is wrong with the line. */
function objectIn(text: string): JsonObject | string {
  try {
    const value: unknown = JSON.parse(text)
    if (isJsonObject(value)) return value
    return `expected one JSON object on the line, got ${Array.isArray(value) ? 'a list' : JSON.stringify(value)}`
  } catch (error) {
    return `expected one JSON object on the line, got text that is no JSON (${(error as Error).message})`
  }
}
