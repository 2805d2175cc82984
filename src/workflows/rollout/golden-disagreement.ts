import type { Kysely } from 'kysely'
import { answerPairs } from '../../database/answer-pairs.ts'
import { loadEvaluation } from '../../database/evaluation-queries.ts'
import type { Tables } from '../../database/tables.ts'
import type { Evaluation } from '../../evaluation/evaluation.ts'
import type { RolloutCounts } from '../../rollout/guards/rollout-counts.ts'
import { answersDiffer } from '../../rollout/live/answers-differ.ts'
import type { Rollout } from '../../rollout/rollout.ts'
import { UserError } from '../../shared/user-error.ts'
import { readAnswerSchema } from '../../tasks/load-task.ts'

/** A tolerated rate is 1.5 times what is seen here, and at most one half: where they differ more often it tells nothing. */
const mostDisagreement = 1 / 3

/**
 * How often challenger and incumbent answered the same golden sample differently, by the rule of the shadow.
 * @returns undefined where nothing can be compared, or where they differ so often that it is no sign of harm
 */
export async function goldenDisagreement(
  db: Kysely<Tables>,
  { evaluationId, incumbent, challenger }: Rollout,
): Promise<RolloutCounts['goldenDisagree']> {
  if (evaluationId === undefined) return undefined
  const key = `${evaluationId} ${incumbent} ${challenger}`
  if (kept.has(key)) return kept.get(key)
  const evaluation = await loadEvaluation(db, evaluationId)
  const seen = evaluation === undefined ? undefined : await disagreementIn(db, evaluation, [incumbent, challenger])
  if (evaluation?.status === 'completed') keep(key, seen)
  return seen
}

const kept = new Map<string, RolloutCounts['goldenDisagree']>()
const mostKept = 20

/** The answers of an evaluation that is over stay as they are, and every look at a rollout asks for them. */
function keep(key: string, seen: RolloutCounts['goldenDisagree']): void {
  kept.set(key, seen)
  const [oldest] = kept.keys()
  if (kept.size > mostKept && oldest !== undefined) kept.delete(oldest)
}

async function disagreementIn(
  db: Kysely<Tables>,
  { id, taskFolder }: Evaluation,
  models: readonly [string, string],
): Promise<RolloutCounts['goldenDisagree']> {
  const schema = schemaOf(taskFolder)
  if (schema === undefined) return undefined
  const compared = (await answerPairs(db, id, models)).flatMap(
    ([one, other]) => answersDiffer(schema, one, other) ?? [],
  )
  const [k, n] = [compared.filter(Boolean).length, compared.length]
  return n === 0 || k > mostDisagreement * n ? undefined : { k, n }
}

/** Undefined where the task of the time is not there any more. */
function schemaOf(folder: string) {
  try {
    return readAnswerSchema(folder)
  } catch (error) {
    if (error instanceof UserError) return undefined
    throw error
  }
}
