import { type Kysely, sql } from 'kysely'
import { Gauge, type Registry } from 'prom-client'
import type { Tables } from '../database/tables.ts'
import { succeedsWithin } from './succeeds-within.ts'

const timeoutMs = 2_000

/** Figures of the database itself, asked when somebody reads them. */
export function databaseMetrics(registry: Registry, db: Kysely<Tables>): void {
  const registers = [registry]
  new Gauge({
    name: 'incumbent_database_up',
    help: '1 while the database answers within two seconds, else 0.',
    registers,
    async collect() {
      this.set((await succeedsWithin(sql`select 1`.execute(db), timeoutMs)) ? 1 : 0)
    },
  })
  new Gauge({
    name: 'incumbent_database_bytes',
    help: 'Size of the database; missing while it does not answer.',
    registers,
    async collect() {
      const size = sql<{ bytes: string }>`select pg_database_size(current_database())::text as bytes`.execute(db)
      const [row] = await size.then(
        ({ rows }) => rows,
        () => [],
      )
      if (row === undefined) this.remove()
      else this.set(Number(row.bytes))
    },
  })
}
