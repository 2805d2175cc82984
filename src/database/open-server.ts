import { CompiledQuery, Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import { UserError } from '../shared/user-error.ts'
import type { Database, RawResult } from './database.ts'
import { pgTypes } from './pg-types.ts'
import { serverLocks } from './server-locks.ts'
import type { Tables } from './tables.ts'

/**
 * Connects to a PostgreSQL server. Sessions must be its own: a pooler between them has to pool sessions, not transactions.
 * @param whileOpening called when the server was asked
 * @throws UserError when it cannot be reached, refuses, or is older than PostgreSQL 15; the password is never in the text.
 */
export async function openServer(url: string, whileOpening?: () => void): Promise<Database> {
  const settings = connectionSettings(url)
  const usable = assertUsable(settings)
  whileOpening?.()
  await usable
  const pool = new pg.Pool({ ...settings, max: 10 })
  // A connection that breaks, idle or in the middle of a transaction, is replaced by the pool, and whoever waits for an
  // answer hears of it; without listeners it would end the process.
  pool.on('error', () => undefined)
  pool.on('connect', (client) => client.on('error', () => undefined))
  const locks = serverLocks(settings)
  return {
    db: new Kysely<Tables>({ dialect: dialectOf(pool) }),
    kind: 'server',
    runReadOnly: (statement) => runReadOnly(pool, statement),
    locks,
    dump: undefined,
    // Its own connections: it reads values as the library does, not as `pgTypes` says.
    queueConnection: async () => ({ connectionString: url, max: 2, createSchema: !(await hasQueueSchema(pool)) }),
    close: async () => {
      await locks.close()
      if (!pool.ended && !pool.ending) await pool.end()
    },
  }
}

function connectionSettings(url: string): pg.ClientConfig {
  if (!/^postgres(ql)?:\/\//.test(url) || !URL.canParse(url)) {
    throw new UserError(
      'Expected the database URL to be like postgres://user:password@host:5432/name (a password with special characters ' +
        'percent-encoded), and it is not. Check DATABASE_URL.',
    )
  }
  return {
    connectionString: url,
    types: pgTypes,
    application_name: 'incumbent',
    connectionTimeoutMillis: 10_000,
    keepAlive: true,
  }
}

/**
 * Days and hours in queries mean the same on every server, and the same as in the embedded database. Queries are short:
 * compiling one to machine code takes longer than it.
 */
function dialectOf(pool: pg.Pool): PostgresDialect {
  return new PostgresDialect({
    pool,
    onCreateConnection: async (connection) => {
      await connection.executeQuery(CompiledQuery.raw("SET TIME ZONE 'UTC'; SET jit = off"))
    },
  })
}

/** A user who may not make schemas may have been given this one. */
async function hasQueueSchema(pool: pg.Pool): Promise<boolean> {
  const { rows } = await pool.query<{ exists: boolean }>("select to_regnamespace('pgboss') is not null as exists")
  return rows[0]?.exists === true
}

async function assertUsable(settings: pg.ClientConfig): Promise<void> {
  // Not one of the pool: that leaves a connection open which failed after it was made, and the process waits for it.
  const client = new pg.Client(settings)
  client.on('error', () => undefined)
  try {
    await client.connect()
    await assertVersion(client)
  } catch (error) {
    throw error instanceof UserError ? error : new UserError(refusal(client, error))
  } finally {
    void client.end().catch(() => undefined)
  }
}

async function assertVersion(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ number: number; version: string }>(
    "select current_setting('server_version_num')::int as number, current_setting('server_version') as version",
  )
  const [row] = rows
  if (row !== undefined && row.number < 150_000) {
    throw new UserError(
      `Expected PostgreSQL 15 or newer, and the server is ${row.version}. Update it or name another one.`,
    )
  }
}

/** What to do about an error of the first connection. */
function refusal({ host, port, user = '', database = '' }: pg.Client, error: unknown): string {
  const server = `${host}:${port}`
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  const reason = error instanceof Error && error.message !== '' ? error.message : code
  if (code === '3D000') {
    return `The PostgreSQL server at ${server} has no database "${database}". Create it (createdb ${database}) or check DATABASE_URL.`
  }
  if (code.startsWith('28') || reason.startsWith('SASL')) {
    return `The PostgreSQL server at ${server} refused the user "${user}" (${reason}). Check user and password in DATABASE_URL.`
  }
  return (
    `Expected a PostgreSQL server at ${server} and could not use it (${reason}). Start it, check host and port ` +
    'in DATABASE_URL, or leave DATABASE_URL unset to use the embedded database.'
  )
}

/**
 * The extended protocol takes one statement, so nobody can end the transaction and go on. The connection is not used
 * again, so nothing that the statement did to its session lives on.
 */
async function runReadOnly(pool: pg.Pool, statement: string): Promise<RawResult> {
  const client = await pool.connect()
  try {
    await client.query("BEGIN READ ONLY; SET LOCAL TIME ZONE 'UTC'")
    const query = { text: statement, rowMode: 'array' as const, queryMode: 'extended' }
    const { fields, rows } = await client.query<unknown[]>(query)
    await client.query('ROLLBACK')
    return { columns: fields.map(({ name }) => name), rows }
  } finally {
    client.release(true)
  }
}
