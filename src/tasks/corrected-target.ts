import type { JsonObject, JsonValue } from '../shared/json.ts'
import { parsePath, withValueAtPath } from './answer-path.ts'
import { targetProblems } from './target-problems.ts'
import type { Task } from './task.ts'

/** A target after a correction, or why it cannot be corrected so. */
export type Correction = { status: 'corrected'; target: JsonObject } | { status: 'refused'; reason: string }

/** Reads `path = JSON`, such as `classification.seniority = "mid"`, and puts the value into a target. */
export function correctedTarget(task: Task, target: JsonObject, line: string): Correction {
  const [, path = '', json = ''] = /^\s*([^\s=]+)\s*=(.*)$/s.exec(line) ?? []
  if (parsePath(path) === undefined) return refused(`expected path = JSON, such as a.b = "c", got ${line.trim()}`)
  const value = parsed(json)
  if (value === undefined)
    return refused(`expected JSON after "=" (text in quotation marks), got ${json.trim() || 'nothing'}`)
  const corrected = withValueAtPath(target, path, value)
  const problems = targetProblems(task, corrected)
  return problems.length === 0 ? { status: 'corrected', target: corrected } : refused(problems.join('; '))
}

function refused(reason: string): Correction {
  return { status: 'refused', reason }
}

function parsed(json: string): JsonValue | undefined {
  try {
    return JSON.parse(json) as JsonValue
  } catch {
    return undefined
  }
}
