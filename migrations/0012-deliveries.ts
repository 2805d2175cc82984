import { type Kysely, sql } from 'kysely'

/** Alerts that are open until what they tell of is over, and the messages to people, each of which goes out once. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of [...alertColumns, ...deliveries]) await sql.raw(statement).execute(db)
  for (const [table, { is, columns }] of Object.entries(comments)) {
    if (is !== undefined) await sql`COMMENT ON TABLE ${sql.id(table)} IS ${sql.lit(is)}`.execute(db)
    for (const [column, meaning] of Object.entries(columns)) {
      await sql`COMMENT ON COLUMN ${sql.id(table, column)} IS ${sql.lit(meaning)}`.execute(db)
    }
  }
}

export async function down(db: Kysely<unknown>): Promise<void> {
  for (const statement of reversal) await sql.raw(statement).execute(db)
}

const alertColumns = [
  `ALTER TABLE alerts
    ADD COLUMN key varchar(200),
    ADD COLUMN resolved_at timestamptz,
    ADD COLUMN resolution text,
    ADD COLUMN reminded_at timestamptz,
    ADD COLUMN routed_at timestamptz`,
  // Nobody is told now of what was raised before there were messages.
  'UPDATE alerts SET routed_at = raised_at',
  'CREATE UNIQUE INDEX alerts_open ON alerts (key) WHERE key IS NOT NULL AND resolved_at IS NULL',
  'CREATE INDEX alerts_not_routed ON alerts (id) WHERE routed_at IS NULL',
  'CREATE INDEX alerts_resolved ON alerts (resolved_at) WHERE resolved_at IS NOT NULL',
]

const deliveries = [
  `CREATE TABLE deliveries (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    key varchar(300) NOT NULL UNIQUE,
    channel varchar(20) NOT NULL CHECK (channel IN ('slack', 'email')),
    recipient text NOT NULL,
    kind varchar(20) NOT NULL CHECK (kind IN ('report', 'alert', 'reminder', 'recovery', 'trial')),
    cycle_id uuid REFERENCES cycles (id) ON DELETE RESTRICT,
    alert_id bigint REFERENCES alerts (id) ON DELETE RESTRICT,
    subject text,
    status varchar(20) NOT NULL CHECK (status IN ('waiting', 'sending', 'sent', 'failed')),
    tries integer NOT NULL DEFAULT 0 CHECK (tries >= 0),
    next_try_at timestamptz,
    last_error text,
    reference text,
    partly_refused jsonb NOT NULL DEFAULT '[]',
    sent_with varchar(300),
    created_at timestamptz NOT NULL,
    sent_at timestamptz,
    CHECK ((status IN ('waiting', 'sending')) = (next_try_at IS NOT NULL)),
    CHECK ((kind = 'report') = (cycle_id IS NOT NULL)),
    CHECK ((kind IN ('alert', 'reminder', 'recovery')) = (alert_id IS NOT NULL))
  )`,
  "CREATE INDEX deliveries_due ON deliveries (next_try_at) WHERE status IN ('waiting', 'sending')",
  'CREATE INDEX deliveries_of_cycle ON deliveries (cycle_id) WHERE cycle_id IS NOT NULL',
  'CREATE INDEX deliveries_of_alert ON deliveries (alert_id) WHERE alert_id IS NOT NULL',
]

const comments: Record<string, { is?: string; columns: Record<string, string> }> = {
  alerts: {
    columns: {
      key: 'The event, such as budget:month:2026-11: while an alert of a key is open there is no second one. NULL: it has no end, as a rollback.',
      resolved_at: 'When it was over; NULL while it is open, and where it has no key.',
      resolution: 'How it ended.',
      reminded_at: 'When people were last reminded of it.',
      routed_at: 'When it was decided to whom it goes; NULL: not yet.',
    },
  },
  deliveries: {
    is: 'Messages to people: one row for each message and channel, also for those that wait or were given up.',
    columns: {
      id: 'Number of the delivery.',
      key: 'The message, such as report:<cycle>:slack: none is sent twice.',
      channel: 'slack or email.',
      recipient: 'Slack channel, or e-mail addresses separated by commas.',
      kind: 'report, alert, reminder (an alert is still open), recovery (it is over) or trial.',
      cycle_id: 'Cycle whose report it is.',
      alert_id: 'Alert that it tells of.',
      subject: 'Its first line; NULL until it was tried.',
      status: 'waiting; sending; sent; failed: given up.',
      tries: 'How often it was tried.',
      next_try_at:
        'When it is tried next; while it is being sent: when another process may take it over. NULL when it is done.',
      last_error: 'Why the last try failed, or what of the message could not be sent.',
      reference: 'What the receiving server calls it: channel and ts of Slack, or the Message-ID.',
      partly_refused: 'Addresses that the mail server refused, each with its answer and whether that is final.',
      sent_with: 'Key of the message that told of several alerts at once; NULL: it went alone.',
      created_at: 'When it was queued.',
      sent_at: 'When it was sent; NULL: it was not.',
    },
  },
}

const reversal = [
  'DROP TABLE deliveries',
  `ALTER TABLE alerts
    DROP COLUMN routed_at, DROP COLUMN reminded_at, DROP COLUMN resolution, DROP COLUMN resolved_at, DROP COLUMN key`,
]
