import type { JsonObject, JsonValue } from '../shared/json.ts'
import { valueAtPath, withValueAtPath } from '../tasks/answer-path.ts'
import { schemaAtPath } from '../tasks/schema-at-path.ts'
import { asAnswerSchema } from '../tasks/schema-subset.ts'
import { targetPointsSchema } from '../tasks/target-values.ts'
import type { FieldScoring, Task } from '../tasks/task.ts'

/** An answer that scores 100 against a target: its values, with the first phrasing where a point has several. */
export function perfectAnswer(task: Pick<Task, 'scoring' | 'answerSchema'>, target: JsonObject): JsonObject {
  return task.scoring.reduce((answer, field) => {
    const { path, targetPath, scorer } = field
    if (path === targetPath && scorer !== 'points-covered') return answer
    const expected = valueAtPath(target, targetPath)
    return expected.status === 'found'
      ? withValueAtPath(answer, path, answerValue(task, field, expected.value))
      : answer
  }, target)
}

function answerValue(
  { answerSchema }: Pick<Task, 'answerSchema'>,
  { path, scorer }: FieldScoring,
  value: JsonValue,
): JsonValue {
  if (scorer !== 'points-covered') return value
  const phrasings = targetPointsSchema.parse(value).map((point) => point.phrasings[0] ?? '')
  const isList = schemaAtPath(asAnswerSchema(answerSchema), path)?.items !== undefined
  return isList ? phrasings : phrasings.join('; ')
}
