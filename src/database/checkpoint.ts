import type { PGlite } from '@electric-sql/pglite'

/**
 * Writes down a checkpoint where there is much after the last one. PostgreSQL leaves that to another process, which PGlite has
 * not: without it the log of changes grows for as long as the database is open, and after a crash all of it is done again.
 * @param mostBytes of the log, until when there is none
 */
export async function checkpointWhereDue(pglite: Pick<PGlite, 'query' | 'exec'>, mostBytes: number): Promise<void> {
  const { rows } = await pglite.query<{ is_due: boolean }>(
    'select pg_current_wal_lsn() - redo_lsn > $1 as is_due from pg_control_checkpoint()',
    [mostBytes],
  )
  if (rows[0]?.is_due === true) await pglite.exec('CHECKPOINT')
}
