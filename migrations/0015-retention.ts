import { type Kysely, sql } from 'kysely'

/** When the answers of an evaluation were deleted; its scores, failures and verdict stay. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`ALTER TABLE evaluations ADD COLUMN answers_deleted_at timestamptz`.execute(db)
  await sql`CREATE INDEX evaluations_with_answers ON evaluations (started_at) WHERE answers_deleted_at IS NULL`.execute(
    db,
  )
  await sql`COMMENT ON COLUMN evaluations.answers_deleted_at IS ${sql.lit(meaning)}`.execute(db)
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await sql`ALTER TABLE evaluations DROP COLUMN answers_deleted_at`.execute(db)
}

const meaning =
  'When raw_text and answer of its outcomes were deleted, as retention.answersDays wants; NULL: they are there. Scores stay.'
