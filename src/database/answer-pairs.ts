import type { Kysely } from 'kysely'
import type { JsonObject } from '../shared/json.ts'
import type { Tables } from './tables.ts'

/** What two models answered to the same samples of an evaluation when they were first asked, where both gave an answer. */
export async function answerPairs(
  db: Kysely<Tables>,
  evaluationId: string,
  [one, other]: readonly [string, string],
): Promise<[JsonObject, JsonObject][]> {
  const rows = await db
    .selectFrom('model_test_outcomes as one')
    .innerJoin('model_test_outcomes as other', (join) =>
      join
        .onRef('other.evaluation_id', '=', 'one.evaluation_id')
        .onRef('other.sample_key', '=', 'one.sample_key')
        .onRef('other.repeat', '=', 'one.repeat'),
    )
    .select(['one.answer', 'other.answer as other_answer'])
    .where('one.evaluation_id', '=', evaluationId)
    .where('one.model_name', '=', one)
    .where('other.model_name', '=', other)
    .where('one.repeat', '=', 0)
    .execute()
  return rows.flatMap(({ answer, other_answer }) =>
    answer === null || other_answer === null ? [] : [[answer, other_answer]],
  )
}
