import { isJsonObject, type JsonObject, type JsonValue } from '../../src/shared/json.ts'
import { schemaAtPath } from '../../src/tasks/schema-at-path.ts'
import { asAnswerSchema, typeOf } from '../../src/tasks/schema-subset.ts'
import type { Task } from '../../src/tasks/task.ts'

/** What a model that knows the target would answer: the target itself, with points said in their first phrasing. */
export function perfectAnswer(task: Task, target: JsonObject): JsonObject {
  return answerOf(task, target, '') as JsonObject
}

function answerOf(task: Task, value: JsonValue, path: string): JsonValue {
  if (Array.isArray(value)) {
    const entries = value.map((entry) =>
      isPoint(entry) ? (entry.phrasings[0] ?? '') : answerOf(task, entry, `${path}[]`),
    )
    return isText(task, path) ? entries.map(String).join('; ') : entries
  }
  if (!isJsonObject(value)) return value
  const keys = Object.entries(value)
  return Object.fromEntries(
    keys.map(([key, inner]) => [key, answerOf(task, inner, path === '' ? key : `${path}.${key}`)]),
  )
}

function isText(task: Task, path: string): boolean {
  const schema = schemaAtPath(asAnswerSchema(task.answerSchema), path)
  return schema !== undefined && typeOf(schema) === 'string'
}

function isPoint(value: JsonValue): value is { point: string; phrasings: string[] } {
  return isJsonObject(value) && Array.isArray(value.phrasings)
}
