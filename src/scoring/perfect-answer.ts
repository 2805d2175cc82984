import { isJsonObject, type JsonObject, type JsonValue } from '../shared/json.ts'
import { valueAtPath, withValueAtPath } from '../tasks/answer-path.ts'
import { schemaAtPath } from '../tasks/schema-at-path.ts'
import { type AnswerSchema, asAnswerSchema, isNullable, typeOf } from '../tasks/schema-subset.ts'
import { targetPointsSchema } from '../tasks/target-values.ts'
import type { FieldScoring, Task } from '../tasks/task.ts'

/**
 * An answer that scores 100 against a target: the target's own values where the answer has them, the first phrasing of
 * every point that must be covered, and null for what the schema requires and the target does not tell.
 */
export function perfectAnswer(task: Pick<Task, 'scoring' | 'answerSchema'>, target: JsonObject): JsonObject {
  const schema = asAnswerSchema(task.answerSchema)
  const answer = task.scoring.reduce((before, field) => withField(before, field, target, schema), target)
  return keptToSchema(schema, answer) as JsonObject
}

function withField(answer: JsonObject, field: FieldScoring, target: JsonObject, schema: AnswerSchema): JsonObject {
  const { path, targetPath, scorer } = field
  const found = valueAtPath(target, targetPath)
  if (found.status !== 'found') return answer
  if (scorer === 'points-covered')
    return withValueAtPath(answer, path, phrased(found.value, schemaAtPath(schema, path)))
  return path === targetPath ? answer : withValueAtPath(answer, path, found.value)
}

function phrased(points: JsonValue, node: AnswerSchema | undefined): JsonValue {
  const phrasings = targetPointsSchema.parse(points).map(({ phrasings: [first] }) => first ?? '')
  return node !== undefined && typeOf(node) === 'string' ? phrasings.join('; ') : phrasings
}

/** The part of a value that the schema knows, with null for required keys that are missing and may be null. */
function keptToSchema(node: AnswerSchema, value: JsonValue): JsonValue {
  if (Array.isArray(value)) {
    const { items } = node
    return items === undefined ? value : value.map((element) => keptToSchema(items, element))
  }
  if (!isJsonObject(value)) return value
  const kept = Object.entries(node.properties ?? {}).flatMap(([key, inner]): [string, JsonValue][] => {
    const own = Object.hasOwn(value, key) ? value[key] : undefined
    if (own !== undefined) return [[key, keptToSchema(inner, own)]]
    return isNullable(inner) && node.required?.includes(key) ? [[key, null]] : []
  })
  return Object.fromEntries(kept)
}
