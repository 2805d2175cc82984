import { type Kysely, sql } from 'kysely'
import { type AssignmentResult, assign, loadAssignment } from './assignment-queries.ts'
import { inTransaction } from './in-transaction.ts'
import type { Tables } from './tables.ts'

/**
 * Gives a tier the first model that the configuration names (undefined: leaves the seat vacant), as long as nobody but the
 * system assigned it and no language model has been scored for it; after that the table is the truth.
 */
export async function seedAssignment(
  db: Kysely<Tables>,
  tier: number,
  model: string | undefined,
  at: Date,
): Promise<AssignmentResult['status'] | 'decided-already'> {
  return inTransaction(db, async (trx) => {
    const seat = await loadAssignment(trx, tier)
    if (seat !== undefined && seat.assignedBy !== 'system') return 'decided-already'
    if (await hasScoredLanguageModel(trx, tier)) return 'decided-already'
    const reason =
      model === undefined ? 'The configuration names no initial model' : 'Initial model of the configuration'
    const held = { model: seat?.model }
    return (await assign(trx, { tier, model, reason, assignedBy: 'system', at, onlyIfHeldBy: held })).status
  })
}

async function hasScoredLanguageModel(db: Kysely<Tables>, tier: number): Promise<boolean> {
  const found = await db
    .selectFrom('model_test_runs as run')
    .innerJoin('model_test_outcomes as outcome', (join) =>
      join.onRef('outcome.evaluation_id', '=', 'run.evaluation_id').onRef('outcome.model_name', '=', 'run.model_name'),
    )
    .select(sql<number>`1`.as('found'))
    .where('run.tier_tested', '=', tier)
    .where('run.role', 'in', ['incumbent', 'challenger'])
    .where('outcome.status', '=', 'scored')
    .limit(1)
    .executeTakeFirst()
  return found !== undefined
}
