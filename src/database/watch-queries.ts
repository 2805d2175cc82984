import type { Kysely, Transaction } from 'kysely'
import type { MetricWatch, SeatWatch, WatchMetric } from '../rollout/live/seat-watch.ts'
import type { Tables } from './tables.ts'

/** The CUSUMs of a counting as they were last stored. */
export async function loadWatch(db: Kysely<Tables>, rolloutId: string, countsEpoch: number): Promise<SeatWatch> {
  return toWatch(await rowsOf(db, rolloutId, countsEpoch).execute())
}

/**
 * Part of storing a batch of observations: takes the CUSUMs on from where they are. Of two processes the second goes on
 * from what the first has stored.
 * @param advance what the batch makes of them (`watchAfter`, one request after another)
 * @returns the CUSUMs after it
 */
export async function advanceWatch(
  trx: Transaction<Tables>,
  rolloutId: string,
  countsEpoch: number,
  advance: (watch: SeatWatch) => SeatWatch,
): Promise<SeatWatch> {
  const start = metrics.map((metric) => ({ rollout_id: rolloutId, counts_epoch: countsEpoch, metric, ...zero }))
  await trx
    .insertInto('rollout_watches')
    .values(start)
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  const after = advance(toWatch(await rowsOf(trx, rolloutId, countsEpoch).orderBy('metric').forUpdate().execute()))
  for (const metric of metrics) {
    await trx
      .updateTable('rollout_watches')
      .set({ ...after[metric] })
      .where('rollout_id', '=', rolloutId)
      .where('counts_epoch', '=', countsEpoch)
      .where('metric', '=', metric)
      .execute()
  }
  return after
}

const metrics: readonly WatchMetric[] = ['error', 'invalid', 'slow']
const zero: MetricWatch = { n: 0, events: 0, cusum: 0, highest: 0 }

function rowsOf(db: Kysely<Tables>, rolloutId: string, countsEpoch: number) {
  return db
    .selectFrom('rollout_watches')
    .select(['metric', 'n', 'events', 'cusum', 'highest'])
    .where('rollout_id', '=', rolloutId)
    .where('counts_epoch', '=', countsEpoch)
}

function toWatch(rows: readonly ({ metric: string } & MetricWatch)[]): SeatWatch {
  const watchOf = (metric: WatchMetric) => {
    const { metric: _metric, ...watch } = rows.find((row) => row.metric === metric) ?? { metric, ...zero }
    return watch
  }
  return { error: watchOf('error'), invalid: watchOf('invalid'), slow: watchOf('slow') }
}
