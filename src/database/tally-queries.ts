import { type Kysely, type Selectable, sql, type Transaction } from 'kysely'
import type { Tally, TallyArm } from '../rollout/live/count-observation.ts'
import type { TallyAddition } from '../rollout/live/tallies-of.ts'
import type { Tables } from './tables.ts'

/** Part of storing a batch of observations: adds what they count to the arms of their rollouts. */
export async function addToTallies(trx: Transaction<Tables>, additions: readonly TallyAddition[]): Promise<void> {
  // One after another: two batches at once lock the same rows in the same order.
  for (const { rolloutId, countsEpoch, arm, tally } of additions) {
    await trx
      .insertInto('rollout_tallies')
      .values({ rollout_id: rolloutId, counts_epoch: countsEpoch, arm, ...tally })
      .onConflict((conflict) => conflict.columns(['rollout_id', 'counts_epoch', 'arm']).doUpdateSet(sums))
      .execute()
  }
}

const sums = {
  n: sql<number>`rollout_tallies.n + excluded.n`,
  errors: sql<number>`rollout_tallies.errors + excluded.errors`,
  invalid: sql<number>`rollout_tallies.invalid + excluded.invalid`,
  slow: sql<number>`rollout_tallies.slow + excluded.slow`,
  compared: sql<number>`rollout_tallies.compared + excluded.compared`,
  disagree: sql<number>`rollout_tallies.disagree + excluded.disagree`,
}

/** What a counting has come to; 0 of 0 for an arm without any. */
export async function loadTallies(
  db: Kysely<Tables>,
  rolloutId: string,
  countsEpoch: number,
): Promise<Record<TallyArm, Tally>> {
  const rows = await db
    .selectFrom('rollout_tallies')
    .selectAll()
    .where('rollout_id', '=', rolloutId)
    .where('counts_epoch', '=', countsEpoch)
    .execute()
  const tallyOf = (arm: TallyArm) => toTally(rows.find((row) => row.arm === arm))
  return { incumbent: tallyOf('incumbent'), challenger: tallyOf('challenger') }
}

function toTally(row: Selectable<Tables['rollout_tallies']> | undefined): Tally {
  return {
    n: row?.n ?? 0,
    errors: row?.errors ?? 0,
    invalid: row?.invalid ?? 0,
    slow: row?.slow ?? 0,
    compared: row?.compared ?? 0,
    disagree: row?.disagree ?? 0,
  }
}
