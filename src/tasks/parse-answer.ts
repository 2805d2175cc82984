import { findAnswer } from './find-answer.ts'
import { schemaErrors } from './schema-errors.ts'
import type { ParsedAnswer, Task } from './task.ts'

/**
 * Reads the answer out of what a model said, and says what the task's schema has against it. An answer that breaks the
 * schema is still an answer: its wrong fields score nothing. Never throws, whatever the text is.
 */
export function parseAnswer(text: string, task: Pick<Task, 'answerSchema'>): ParsedAnswer {
  const found = findAnswer(text)
  if (found.status === 'malformed') return found
  return {
    status: 'parsed',
    answer: found.answer,
    form: found.form,
    schemaErrors: schemaErrors(task.answerSchema, found.answer),
  }
}
