import type { JsonObject } from '../shared/json.ts'
import { valueAtPath } from '../tasks/answer-path.ts'
import { asAnswerSchema } from '../tasks/schema-subset.ts'
import type { ScorerName } from '../tasks/scorer-options.ts'
import type { FieldScoring, Task } from '../tasks/task.ts'
import { completeness } from './completeness.ts'
import type { AnswerScore, FieldScore } from './score.ts'
import { scorers } from './scorers.ts'

/**
 * Scores an answer against the target, field by field.
 *
 * accuracy = 100 · Σ weight · score ÷ Σ weight, over the fields of positive weight that are present on at least one side.
 * A field that is absent (missing or null) on both sides is left out (score null); absent on one side it scores 0. When
 * every weighted field is left out, nothing was expected and nothing came: 100.
 *
 * Wrong types in the answer score 0. A scorer that throws is a defect of ours and is not caught.
 */
export function scoreAnswer(
  task: Pick<Task, 'scoring' | 'answerSchema'>,
  target: JsonObject,
  answer: JsonObject,
): AnswerScore {
  const fields = task.scoring.map((field) => scoreField(field, target, answer))
  return { accuracy: accuracyOf(fields), completeness: completeness(asAnswerSchema(task.answerSchema), answer), fields }
}

function scoreField<Name extends ScorerName>(
  { path, targetPath, scorer, weight, options }: FieldScoring<Name>,
  target: JsonObject,
  answer: JsonObject,
): FieldScore {
  const expected = valueAtPath(target, targetPath)
  const given = valueAtPath(answer, path)
  const field = { path, scorer, weight }
  if (expected.status === 'absent' && given.status === 'absent') return { ...field, score: null }
  if (expected.status !== 'found' || given.status !== 'found') return { ...field, score: 0 }
  return { ...field, score: scorers[scorer](expected.value, given.value, options) }
}

function accuracyOf(fields: readonly FieldScore[]): number {
  let points = 0
  let weights = 0
  for (const { weight, score } of fields) {
    if (score === null) continue
    points += weight * score
    weights += weight
  }
  return weights === 0 ? 100 : (100 * points) / weights
}
