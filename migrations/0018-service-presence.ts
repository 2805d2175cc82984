import { type Kysely, sql } from 'kysely'

/** When a service was last there, and when none was: what was missed is told with the time at which the log ends. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(servicePresence).execute(db)
  await sql`COMMENT ON TABLE service_presence IS ${sql.lit(meaning)}`.execute(db)
  for (const [column, means] of Object.entries(columns)) {
    await sql`COMMENT ON COLUMN ${sql.id('service_presence', column)} IS ${sql.lit(means)}`.execute(db)
  }
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await sql`DROP TABLE service_presence`.execute(db)
}

const servicePresence = `CREATE TABLE service_presence (
    duty varchar(40) PRIMARY KEY,
    seen_at timestamptz NOT NULL,
    away_since timestamptz,
    away_until timestamptz,
    CHECK ((away_since IS NULL) = (away_until IS NULL))
  )`

const meaning = 'When any service was last there, and when none was before that.'

const columns = {
  duty: "What it was there for: 'schedule'.",
  seen_at: 'The last sign of life of any service: it looks what is due every minute.',
  away_since: 'The last sign of life before the last time that none was there; NULL: that never was.',
  away_until: 'When one was there again.',
}
