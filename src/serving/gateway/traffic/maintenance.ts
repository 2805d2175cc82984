import type { Kysely } from 'kysely'
import { sql } from 'kysely'
import { keepCostDays } from '../../../database/cost-queries.ts'
import type { Database } from '../../../database/database.ts'
import { deleteMinutes, rollUpMinutes } from '../../../database/live-minute-queries.ts'
import { deleteObservations } from '../../../database/observation-queries.ts'
import type { Tables } from '../../../database/tables.ts'
import { deleteWriters } from '../../../database/writer-queries.ts'
import type { Clock } from '../../../shared/clock.ts'

const minuteMs = 60_000
const dayMs = 24 * 60 * minuteMs
const keptRawDays = 7
const keptMinutesDays = 366
/** A day is summed up for good when nothing can come to it any more. */
const openDays = 2

/** After a minute has passed, its slowest attempts are still under way; they are counted when it is rolled up again. */
const passes = [
  { fromMinutesAgo: 3, untilMinutesAgo: 0 },
  { fromMinutesAgo: 17, untilMinutesAgo: 16 },
]

/**
 * Rolls live observations up and deletes what is old, in small statements. Of several processes one does it; it may be done
 * again at any time.
 */
export async function maintainLiveTables({ db, locks }: Database, clock: Clock, signal: AbortSignal): Promise<void> {
  const lock = await locks.tryLock('live-tables')
  if ('holder' in lock) return
  try {
    await rollUp(db, clock.now())
    await keepCostDays(db, isoDate(clock.now().getTime() - openDays * dayMs))
    await deleteOld(db, clock, signal)
  } finally {
    await lock.release()
  }
}

function isoDate(timeMs: number): string {
  return new Date(timeMs).toISOString().slice(0, 10)
}

async function rollUp(db: Kysely<Tables>, now: Date): Promise<void> {
  const thisMinute = Math.floor(now.getTime() / minuteMs) * minuteMs
  const ago = (minutes: number) => new Date(thisMinute - minutes * minuteMs)
  const missed = await firstMissed(db, new Date(now.getTime() - (keptRawDays - 1) * dayMs))
  if (missed !== undefined && missed < ago(3)) await rollUpMinutes(db, missed, ago(3))
  for (const { fromMinutesAgo, untilMinutesAgo } of passes) {
    await rollUpMinutes(db, ago(fromMinutesAgo), ago(untilMinutesAgo))
  }
}

/**
 * The last minute that was rolled up, as it may not have been complete; after long without requests the one after it, as of
 * the last some observations may be deleted. Before any, the first observation's.
 */
async function firstMissed(db: Kysely<Tables>, surelyKept: Date): Promise<Date | undefined> {
  const { rows } = await sql<{ rolled: Date | null; observed: Date | null }>`
    select (select max(minute) from live_minutes) as rolled,
      (select date_trunc('minute', min(at)) from live_observations) as observed`.execute(db)
  const { rolled = null, observed = null } = rows[0] ?? {}
  if (rolled === null) return observed ?? undefined
  return rolled > surelyKept ? rolled : new Date(rolled.getTime() + minuteMs)
}

const pauseMs = 100
/** A minute's work: more than comes in a minute, and little enough to leave room for others. */
const mostBatches = 20

async function deleteOld(db: Kysely<Tables>, clock: Clock, signal: AbortSignal): Promise<void> {
  const now = clock.now().getTime()
  for (let batch = 0; batch < mostBatches; batch += 1) {
    if ((await deleteObservations(db, new Date(now - keptRawDays * dayMs))) === 0) break
    await clock.sleep(pauseMs, signal)
  }
  const minutesBefore = new Date(now - keptMinutesDays * dayMs)
  await deleteMinutes(db, minutesBefore)
  await deleteWriters(db, minutesBefore)
}
