import type { Kysely, Transaction } from 'kysely'
import { insertObservations } from '../../../database/observation-queries.ts'
import type { Tables } from '../../../database/tables.ts'
import { addToTallies, loadTallies } from '../../../database/tally-queries.ts'
import { advanceWatch } from '../../../database/watch-queries.ts'
import { claimBatch } from '../../../database/writer-queries.ts'
import type { Tally, TallyArm } from '../../../rollout/live/count-observation.ts'
import { type SeatWatch, watchAfter, watchLimitsOf } from '../../../rollout/live/seat-watch.ts'
import { talliesOf } from '../../../rollout/live/tallies-of.ts'
import type { FullRollout } from '../../../workflows/rollout/tier-route.ts'
import type { Batch, Recorded } from './recorded.ts'

/** What the counts of all processes have come to with a batch. */
export interface StoredCounts {
  tallies: { rolloutId: string; countsEpoch: number; arms: Record<TallyArm, Tally> }[]
  watches: { rolloutId: string; countsEpoch: number; watch: SeatWatch }[]
}

/**
 * Stores a batch in one transaction: the observations, what they add to the rollouts' counts, and the CUSUMs. One that is
 * stored already, although whoever did it was not told, is left as it is.
 */
export async function storeRecorded(db: Kysely<Tables>, batch: Batch, now: Date): Promise<StoredCounts> {
  const observations = batch.recorded.map(({ observation }) => observation)
  const additions = talliesOf(observations)
  return db.transaction().execute(async (trx) => {
    const isNew = await claimBatch(trx, batch, now)
    if (isNew) {
      await insertObservations(trx, observations)
      await addToTallies(trx, additions)
    }
    const counted = new Map(additions.map((one) => [`${one.rolloutId} ${one.countsEpoch}`, one]))
    const tallies: StoredCounts['tallies'] = []
    for (const { rolloutId, countsEpoch } of counted.values()) {
      tallies.push({ rolloutId, countsEpoch, arms: await loadTallies(trx, rolloutId, countsEpoch) })
    }
    const watches: StoredCounts['watches'] = []
    for (const [full, own] of byWatchedRollout(batch.recorded)) watches.push(await advance(trx, full, isNew ? own : []))
    return { tallies, watches }
  })
}

/** In an order that is the same for every process, as each locks the rows of its CUSUMs. */
function byWatchedRollout(batch: readonly Recorded[]): [FullRollout, Recorded[]][] {
  const groups = new Map<string, [FullRollout, Recorded[]]>()
  for (const recorded of batch) {
    const full = recorded.route?.full
    if (full === undefined) continue
    const key = `${full.id} ${full.countsEpoch}`
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [full, [recorded]])
    else group[1].push(recorded)
  }
  return [...groups].toSorted(([one], [other]) => (one < other ? -1 : 1)).map(([, group]) => group)
}

async function advance(
  trx: Transaction<Tables>,
  full: FullRollout,
  batch: readonly Recorded[],
): Promise<StoredCounts['watches'][number]> {
  const { id: rolloutId, countsEpoch } = full
  const watch = await advanceWatch(trx, rolloutId, countsEpoch, (before) => watchAfterAll(before, full, batch))
  return { rolloutId, countsEpoch, watch }
}

/** The watch after a batch, one request after another. */
export function watchAfterAll(before: SeatWatch, full: FullRollout, batch: readonly Recorded[]): SeatWatch {
  const limits = watchLimitsOf(full.state, full.baseline, full.settings.guards.toleratedSlow)
  if (limits === undefined) return before
  return batch.reduce((watch, { observation }) => watchAfter(watch, observation, limits), before)
}
