import type { Kysely } from 'kysely'
import { inTransaction } from './in-transaction.ts'
import type { Tables } from './tables.ts'

/**
 * Deletes what the models said in the oldest evaluation that started before then and still has it. Scores, fields, failures
 * and verdict stay.
 * @returns its identifier; undefined: there is none
 */
export async function deleteOldestAnswers(db: Kysely<Tables>, before: Date, now: Date): Promise<string | undefined> {
  return inTransaction(db, async (trx) => {
    const oldest = await trx
      .selectFrom('evaluations')
      .select('id')
      .where('answers_deleted_at', 'is', null)
      .where('started_at', '<', before)
      .where('finished_at', 'is not', null)
      .orderBy('started_at')
      .limit(1)
      .executeTakeFirst()
    if (oldest === undefined) return undefined
    const { id } = oldest
    await trx.updateTable('evaluations').set({ answers_deleted_at: now }).where('id', '=', id).execute()
    await trx
      .updateTable('model_test_outcomes')
      .set({ raw_text: null, answer: null })
      .where('evaluation_id', '=', id)
      .execute()
    return id
  })
}
