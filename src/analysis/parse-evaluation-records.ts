import { checkAgainst, pathText } from '../shared/schema-problems.ts'
import { UserError } from '../shared/user-error.ts'
import { contradictionsIn } from './contradictions.ts'
import type { EvaluationRecords } from './evaluation-records.ts'
import { evaluationRecordsSchema } from './evaluation-records-schema.ts'

const shownProblems = 8

/**
 * Checks records that came from outside, such as a file of another tool.
 * @param source names the input in messages, such as its file
 * @throws UserError that names every wrong path, what was expected there and what came; also for two clusters of one
 * item, a call recorded twice, and weeks that only some of the records have
 */
export function parseEvaluationRecords(json: unknown, source: string): EvaluationRecords {
  const checked = checkAgainst(evaluationRecordsSchema, json)
  if (checked.status === 'invalid') {
    throw problemsIn(
      source,
      checked.problems.map(({ path, message }) => `${pathText(path)}: ${message}`),
    )
  }
  const records = checked.value as EvaluationRecords
  const contradictions = contradictionsIn(records)
  if (contradictions.length > 0) throw problemsIn(source, contradictions)
  return records
}

function problemsIn(source: string, problems: readonly string[]): UserError {
  const shown = problems.slice(0, shownProblems).map((problem) => `\n  ${problem}`)
  const more = problems.length > shownProblems ? `\n  and ${problems.length - shownProblems} more` : ''
  return new UserError(`${source} is not in the format of evaluation records:${shown.join('')}${more}`)
}
