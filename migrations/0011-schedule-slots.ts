import { type Kysely, sql } from 'kysely'

/** When the schedule was due, and what became of it; a cycle may wait for the slots that are still to come. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of [...slots, ...statesOfCycles("'running', 'waiting', 'completed', 'failed', 'interrupted'")]) {
    await sql.raw(statement).execute(db)
  }
  await sql`COMMENT ON TABLE schedule_slots IS ${sql.lit(tableMeaning)}`.execute(db)
  for (const [column, meaning] of Object.entries(meanings)) {
    await sql`COMMENT ON COLUMN ${sql.id('schedule_slots', column)} IS ${sql.lit(meaning)}`.execute(db)
  }
}

export async function down(db: Kysely<unknown>): Promise<void> {
  const statements = [
    'DROP TABLE schedule_slots',
    "UPDATE cycles SET status = 'interrupted' WHERE status = 'waiting'",
    ...statesOfCycles("'running', 'completed', 'failed', 'interrupted'"),
  ]
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const slots = [
  `CREATE TABLE schedule_slots (
    schedule varchar(40) NOT NULL,
    due_at timestamptz NOT NULL,
    state varchar(20) NOT NULL CHECK (state IN ('waiting', 'running', 'done', 'failed', 'skipped')),
    expression varchar(200) NOT NULL,
    round_at timestamptz,
    not_before timestamptz,
    tries integer NOT NULL DEFAULT 0,
    claimed_by text NOT NULL,
    claimed_at timestamptz NOT NULL,
    started_at timestamptz,
    finished_at timestamptz,
    cycle_id uuid REFERENCES cycles (id) ON DELETE SET NULL,
    note text,
    PRIMARY KEY (schedule, due_at)
  )`,
  "CREATE INDEX schedule_slots_unfinished ON schedule_slots (due_at) WHERE state IN ('waiting', 'running')",
  'CREATE INDEX schedule_slots_round ON schedule_slots (round_at)',
  'CREATE INDEX schedule_slots_due ON schedule_slots (due_at DESC)',
]

function statesOfCycles(states: string): string[] {
  return [
    'ALTER TABLE cycles DROP CONSTRAINT cycles_status_check',
    `ALTER TABLE cycles ADD CONSTRAINT cycles_status_check CHECK (status IN (${states}))`,
  ]
}

const tableMeaning =
  'Each time at which the schedule was due: one row, and so one piece of work, however many services run.'

const meanings = {
  schedule: "What is due: 'tier-1' and so on, 'report', 'send' or 'discover'.",
  due_at: 'When it was due: its earliest start.',
  state:
    "'waiting' for its turn, 'running', 'done', 'failed', or 'skipped' because it was missed and a newer one took its place.",
  expression: 'The cron expression and the time zone by which it was due.',
  round_at:
    'When the report is due that the slot belongs to; slots of one round make one cycle. NULL outside of rounds.',
  not_before: 'When it goes on, where it waits for a time, such as the next day of a quota; else NULL.',
  tries: 'How often it was begun.',
  claimed_by: 'The process that has it or had it last.',
  claimed_at: 'When it was noticed that it was due.',
  started_at: 'When it was first begun; NULL before.',
  finished_at: 'When it was done, failed or skipped; NULL before.',
  cycle_id: 'Its cycle; NULL where it has none.',
  note: 'What a person should know of it, such as why it was late or failed.',
}
