import type { Kysely, Selectable } from 'kysely'
import type { Tables } from './tables.ts'

export interface SlotKey {
  /** `tier-1`, `report`, `send`, `discover`. */
  schedule: string
  dueAt: Date
}

/** A time at which a schedule was due, and what became of it. */
export interface Slot extends SlotKey {
  /** `skipped`: missed, or a newer one took its place. */
  state: 'waiting' | 'running' | 'done' | 'failed' | 'skipped'
  /** Cron expression and time zone by which it was due. */
  expression: string
  /** When the report is due that it belongs to; slots of one round make one cycle. Undefined outside of rounds. */
  roundAt: Date | undefined
  /** When it goes on, where it waits for a time. */
  notBefore: Date | undefined
  /** How often it was begun. */
  tries: number
  /** Who has it, or had it last. */
  claimedBy: string
  /** When it was noticed. */
  claimedAt: Date
  startedAt: Date | undefined
  finishedAt: Date | undefined
  cycleId: string | undefined
  note: string | undefined
}

export interface ClaimedSlot extends Pick<Slot, 'schedule' | 'dueAt' | 'expression' | 'roundAt'> {
  state: 'waiting' | 'skipped'
  note?: string
}

/**
 * Notes that a slot is due. Of all processes that try, on however many machines, one is told true; a slot that is there
 * already, whatever became of it, is never due again.
 */
export async function claimSlot(db: Kysely<Tables>, slot: ClaimedSlot, by: string, at: Date): Promise<boolean> {
  const { schedule, dueAt, expression, roundAt, state, note } = slot
  const inserted = await db
    .insertInto('schedule_slots')
    .values({
      schedule,
      due_at: dueAt,
      state,
      expression,
      round_at: roundAt ?? null,
      claimed_by: by,
      claimed_at: at,
      finished_at: state === 'skipped' ? at : null,
      note: note ?? null,
    })
    .onConflict((conflict) => conflict.columns(['schedule', 'due_at']).doNothing())
    .executeTakeFirst()
  return inserted.numInsertedOrUpdatedRows === 1n
}

/** A schedule starts after this slot, which nobody carries; what there is of it already counts under the new expression. */
export async function markSlot(
  db: Kysely<Tables>,
  slot: Omit<ClaimedSlot, 'state'>,
  by: string,
  at: Date,
): Promise<void> {
  const { schedule, dueAt, expression, note } = slot
  await db
    .insertInto('schedule_slots')
    .values({
      schedule,
      due_at: dueAt,
      state: 'skipped',
      expression,
      claimed_by: by,
      claimed_at: at,
      finished_at: at,
      note: note ?? null,
    })
    .onConflict((conflict) => conflict.columns(['schedule', 'due_at']).doUpdateSet({ expression }))
    .execute()
}

/**
 * Takes up a slot that was missed and is worth it all the same: what is noted of it so far, if anything, is that it was skipped.
 * @returns false: somebody else has taken it up, or it was carried
 */
export async function takeUpSlot(
  db: Kysely<Tables>,
  { schedule, dueAt, expression, roundAt, note }: Omit<ClaimedSlot, 'state' | 'roundAt'> & { roundAt: Date },
  by: string,
  at: Date,
): Promise<boolean> {
  const claim = {
    state: 'waiting',
    round_at: roundAt,
    claimed_by: by,
    claimed_at: at,
    finished_at: null,
    note: note ?? null,
  }
  const taken = await db
    .insertInto('schedule_slots')
    .values({ schedule, due_at: dueAt, expression, ...claim })
    .onConflict((conflict) =>
      conflict
        .columns(['schedule', 'due_at'])
        .doUpdateSet(claim)
        .where('schedule_slots.state', '=', 'skipped')
        .where('schedule_slots.round_at', 'is', null),
    )
    .executeTakeFirst()
  return taken.numInsertedOrUpdatedRows === 1n
}

/** The times of reports that nobody makes though a tier was evaluated for them: their cycles wait. The oldest first. */
export async function roundsWithoutReport(db: Kysely<Tables>, until: Date): Promise<Date[]> {
  const rows = await db
    .selectFrom('schedule_slots')
    .innerJoin('cycles', 'cycles.id', 'schedule_slots.cycle_id')
    .select('schedule_slots.round_at')
    .distinct()
    .where('cycles.status', 'in', ['waiting', 'interrupted'])
    .where('schedule_slots.round_at', '<=', until)
    .where((build) => {
      const report = build
        .selectFrom('schedule_slots as report')
        .select('report.schedule')
        .where('report.schedule', '=', 'report')
        .whereRef('report.round_at', '=', 'schedule_slots.round_at')
      return build.not(build.exists(report))
    })
    .orderBy('schedule_slots.round_at')
    .execute()
  return rows.flatMap(({ round_at: roundAt }) => roundAt ?? [])
}

/**
 * Only for whoever holds the slot (`holdSlot`): it begins, or goes on after its process was lost.
 * @returns undefined when it has ended
 */
export async function startSlot(db: Kysely<Tables>, key: SlotKey, by: string, at: Date): Promise<Slot | undefined> {
  const row = await unfinished(db, key)
    .set((build) => ({
      state: 'running',
      claimed_by: by,
      started_at: build.fn.coalesce(build.ref('started_at'), build.val(at)),
      tries: build('tries', '+', 1),
      not_before: null,
    }))
    .returningAll()
    .executeTakeFirst()
  return row === undefined ? undefined : toSlot(row)
}

/** A slot that was begun waits again: for a time, or for whoever takes it next. */
export async function postponeSlot(
  db: Kysely<Tables>,
  key: SlotKey,
  { notBefore, note }: { notBefore: Date | undefined; note: string | undefined },
): Promise<void> {
  await unfinished(db, key)
    .set({ state: 'waiting', not_before: notBefore ?? null, ...(note === undefined ? {} : { note }) })
    .execute()
}

/** Its last word, unless it has had one. */
export async function endSlot(
  db: Kysely<Tables>,
  key: SlotKey,
  end: { state: 'done' | 'failed' | 'skipped'; at: Date; note?: string | undefined },
): Promise<boolean> {
  const { state, at, note } = end
  const { numUpdatedRows } = await unfinished(db, key)
    .set({ state, finished_at: at, not_before: null, ...(note === undefined ? {} : { note }) })
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

export async function nameCycleOfSlot(db: Kysely<Tables>, key: SlotKey, cycleId: string): Promise<void> {
  await unfinished(db, key).set({ cycle_id: cycleId }).execute()
}

export interface UnfinishedSlot extends Slot {
  /** Whether any slot of its round was begun; false outside of rounds. */
  isRoundBegun: boolean
}

/** In the order of their times. */
export async function unfinishedSlots(db: Kysely<Tables>): Promise<UnfinishedSlot[]> {
  const rows = await db
    .selectFrom('schedule_slots')
    .selectAll()
    .select((build) =>
      build
        .exists(
          build
            .selectFrom('schedule_slots as other')
            .select('other.schedule')
            .whereRef('other.round_at', '=', 'schedule_slots.round_at')
            .where('other.started_at', 'is not', null),
        )
        .as('is_round_begun'),
    )
    .where('state', 'in', ['waiting', 'running'])
    .orderBy('due_at')
    .orderBy('schedule')
    .execute()
  return rows.map((row) => ({ ...toSlot(row), isRoundBegun: Boolean(row.is_round_begun) }))
}

/** All slots of a round, in the order of their times. */
export async function slotsOfRound(db: Kysely<Tables>, roundAt: Date): Promise<Slot[]> {
  const rows = await db
    .selectFrom('schedule_slots')
    .selectAll()
    .where('round_at', '=', roundAt)
    .orderBy('due_at')
    .orderBy('schedule')
    .execute()
  return rows.map(toSlot)
}

/** The newest slot of each schedule under its present expression that was due until `now`; a clock may have run ahead. */
export async function newestSlots(
  db: Kysely<Tables>,
  schedules: readonly { name: string; expression: string }[],
  now: Date,
): Promise<Map<string, Date>> {
  const rows = await db
    .selectFrom('schedule_slots')
    .select(['schedule', 'expression'])
    .select(({ fn }) => fn.max('due_at').as('due_at'))
    .where('due_at', '<=', now)
    .groupBy(['schedule', 'expression'])
    .execute()
  const present = new Map(schedules.map(({ name, expression }) => [name, expression]))
  return new Map(
    rows.filter((row) => present.get(row.schedule) === row.expression).map((row) => [row.schedule, row.due_at]),
  )
}

/** The newest first. @param before the due time of the last one of the page before; undefined: from the newest on */
export async function listSlots(db: Kysely<Tables>, limit: number, before?: Date): Promise<Slot[]> {
  const rows = await db
    .selectFrom('schedule_slots')
    .selectAll()
    .$if(before !== undefined, (query) => query.where('due_at', '<', before ?? new Date(0)))
    .orderBy('due_at', 'desc')
    .orderBy('schedule')
    .limit(limit)
    .execute()
  return rows.map(toSlot)
}

function unfinished(db: Kysely<Tables>, { schedule, dueAt }: SlotKey) {
  return db
    .updateTable('schedule_slots')
    .where('schedule', '=', schedule)
    .where('due_at', '=', dueAt)
    .where('state', 'in', ['waiting', 'running'])
}

function toSlot(row: Selectable<Tables['schedule_slots']>): Slot {
  return {
    schedule: row.schedule,
    dueAt: row.due_at,
    state: row.state as Slot['state'],
    expression: row.expression,
    roundAt: row.round_at ?? undefined,
    notBefore: row.not_before ?? undefined,
    tries: row.tries,
    claimedBy: row.claimed_by,
    claimedAt: row.claimed_at,
    startedAt: row.started_at ?? undefined,
    finishedAt: row.finished_at ?? undefined,
    cycleId: row.cycle_id ?? undefined,
    note: row.note ?? undefined,
  }
}
