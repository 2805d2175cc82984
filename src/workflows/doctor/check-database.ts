import { type Kysely, sql } from 'kysely'
import type { Database } from '../../database/database.ts'
import { migrationStatus } from '../../database/migrate.ts'
import type { Tables } from '../../database/tables.ts'
import type { Clock } from '../../shared/clock.ts'
import { counted } from '../../shared/counted.ts'
import { type Check, good, unused, warning } from './check.ts'

/** What kind of database it is, how large, and of which version. */
export async function checkDatabase({ db, kind }: Database, home: string): Promise<Check> {
  const { rows } = await sql<{ version: string; bytes: string }>`
    select current_setting('server_version') as version, pg_database_size(current_database())::text as bytes`.execute(
    db,
  )
  const [{ version, bytes } = { version: 'unknown', bytes: '0' }] = rows
  const migrations = await migrationStatus(db)
  const place = kind === 'embedded' ? `embedded, in ${home}` : 'on a server'
  return good(
    'database',
    `PostgreSQL ${version.split(' ')[0]} ${place}, ${megabytes(Number(bytes))}, ${counted(migrations.length, 'migration')}, all applied`,
  )
}

function megabytes(bytes: number): string {
  return `${Math.ceil(bytes / 1024 ** 2).toLocaleString('en-US')}\u202fMB`
}

/** Further apart, and the times of two machines cannot be put in order. */
const toleratedMs = 5_000

/** Whether this machine and the database's agree about the time. The embedded database has the clock of this machine. */
export async function checkClock({ db, kind }: Pick<Database, 'db' | 'kind'>, clock: Clock): Promise<Check> {
  const now = clock.now()
  if (kind === 'embedded') {
    return unused('clock', `${now.toISOString()}; there is no other machine to compare it with`)
  }
  const apartMs = await aheadMs(db, clock)
  const seconds = (Math.abs(apartMs) / 1000).toFixed(1)
  if (Math.abs(apartMs) <= toleratedMs) return good('clock', `within ${seconds} s of the database server's`)
  return warning(
    'clock',
    `${seconds} s ${apartMs > 0 ? 'ahead of' : 'behind'} the database server's: slots may start that much ${apartMs > 0 ? 'early' : 'late'}`,
    'Let both machines follow a time server (timedatectl set-ntp true)',
  )
}

/** Half of the way there and back is taken for the way of the answer. */
async function aheadMs(db: Kysely<Tables>, clock: Clock): Promise<number> {
  const before = clock.now().getTime()
  const { rows } = await sql<{ now: Date }>`select clock_timestamp() as now`.execute(db)
  const after = clock.now().getTime()
  return (before + after) / 2 - (rows[0]?.now.getTime() ?? after)
}
