import type { JsonObject, JsonValue } from '../shared/json.ts'
import { valueAtPath } from './answer-path.ts'
import { schemaAtPath } from './schema-at-path.ts'
import { partialSchemaErrors, schemaErrors } from './schema-errors.ts'
import { type AnswerSchema, asAnswerSchema } from './schema-subset.ts'
import { targetValueProblem } from './target-values.ts'
import type { FieldScoring, Task } from './task.ts'

/**
 * What is wrong with a target, in words; empty when every scorer of the task can compare an answer with it. A target must
 * keep to the answer's schema (without being complete), or to target.schema.json where the task has one; then the values
 * that stand at the same path as in the answer must still be values that an answer may have.
 */
export function targetProblems(task: Task, target: JsonObject): string[] {
  const againstSchema =
    task.targetSchema === undefined
      ? partialSchemaErrors(task.answerSchema, target)
      : schemaErrors(task.targetSchema, target)
  const perField = task.scoring.flatMap((field) => fieldProblems(task, field, target))
  return [...new Set([...againstSchema, ...perField])]
}

function fieldProblems(task: Task, field: FieldScoring, target: JsonObject): string[] {
  const found = valueAtPath(target, field.targetPath)
  if (found.status === 'absent') return []
  if (found.status === 'wrong-type')
    return [`at ${field.targetPath}: expected this path to lead to a value, got another structure`]
  const problem = targetValueProblem(field, found.value)
  if (problem !== undefined) return [`at ${field.targetPath}: ${problem}`]
  return isAnswerValue(task, field) ? answerValueProblems(task, field, found.value) : []
}

/** Points carry phrasings, and a value at a path of its own need not be one that an answer could have. */
function isAnswerValue(task: Task, { scorer, path, targetPath }: FieldScoring): boolean {
  return task.targetSchema !== undefined && scorer !== 'points-covered' && path === targetPath
}

function answerValueProblems(task: Task, { path }: FieldScoring, value: JsonValue): string[] {
  const schema = schemaAtPath(asAnswerSchema(task.answerSchema), path)
  const isSpread = path.includes('[]') && Array.isArray(value)
  const values = isSpread ? value : [value]
  return schema === undefined ? [] : [...new Set(values.flatMap((inner) => wordedErrors(schema, path, inner)))]
}

function wordedErrors(schema: AnswerSchema, path: string, value: JsonValue): string[] {
  return schemaErrors(schema as unknown as JsonObject, value).map((error) =>
    error.replace('at the top level', `at ${path}`),
  )
}
