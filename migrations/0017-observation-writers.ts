import { type Kysely, sql } from 'kysely'

/**
 * What each gateway stored last: a batch whose COMMIT got no answer is stored again only where it was not stored. One row a
 * process that is written again and again, not one a batch: a year of batches would be 30 million.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(observationWriters).execute(db)
  await sql`COMMENT ON TABLE observation_writers IS ${sql.lit(meaning)}`.execute(db)
  for (const [column, means] of Object.entries(columns)) {
    await sql`COMMENT ON COLUMN ${sql.id('observation_writers', column)} IS ${sql.lit(means)}`.execute(db)
  }
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await sql`DROP TABLE observation_writers`.execute(db)
}

const observationWriters = `CREATE TABLE observation_writers (
    writer uuid PRIMARY KEY,
    last_batch integer NOT NULL CHECK (last_batch >= 1),
    stored_at timestamptz NOT NULL
  )`

const meaning =
  'Processes that stored live observations, so that a batch which is sent twice counts once. Kept for a year after the last batch.'

const columns = {
  writer: 'Process; a new one each time that a service starts.',
  last_batch: 'Number of the last batch of it that is stored: it stores them one after another, from 1.',
  stored_at: 'When that was.',
}
