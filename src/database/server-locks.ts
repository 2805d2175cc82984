import { createHash } from 'node:crypto'
import { hostname } from 'node:os'
import pg from 'pg'
import type { SharedLock, SharedLocks } from './database.ts'

/**
 * Advisory locks of one session of its own, which is opened with the first lock: the server frees them when this process
 * dies or `close` is called.
 */
export function serverLocks(settings: pg.ClientConfig): SharedLocks & { close(): Promise<void> } {
  const held = new Map<string, AbortController>()
  let session: Promise<pg.Client> | undefined

  function openSession(): Promise<pg.Client> {
    session ??= connect(settings, () => {
      session = undefined
      for (const lost of held.values()) lost.abort(new Error('the connection that held the lock was lost'))
      held.clear()
    })
    return session
  }

  async function release(name: string, lost: AbortController): Promise<void> {
    if (held.get(name) !== lost) return
    const client = await openSession()
    // What can fail here is the connection, and the lock goes with it.
    await client.query('select pg_advisory_unlock($1)', [keyOf(name)]).catch(() => undefined)
    held.delete(name)
  }

  return {
    async tryLock(name): Promise<SharedLock | { holder: string }> {
      if (held.has(name)) return { holder: `this process (${process.pid})` }
      const lost = new AbortController()
      // Before anything is awaited: the server would grant the session a second time what it holds already.
      held.set(name, lost)
      try {
        const client = await openSession()
        if (await tryAdvisoryLock(client, name)) return { lost: lost.signal, release: () => release(name, lost) }
        held.delete(name)
        return { holder: await describeHolder(client, name) }
      } catch (error) {
        held.delete(name)
        throw error
      }
    },
    async close() {
      held.clear()
      const client = await session?.catch(() => undefined)
      await client?.end()
    },
  }
}

async function connect(settings: pg.ClientConfig, onEnd: () => void): Promise<pg.Client> {
  const client = new pg.Client({ ...settings, application_name: `incumbent ${process.pid}@${hostname()}`.slice(0, 63) })
  client.on('error', () => undefined)
  client.once('end', onEnd)
  try {
    await client.connect()
  } catch (error) {
    onEnd()
    throw error
  }
  // A machine that vanishes without a word must not keep its locks for the two hours that are the system's default.
  await client.query('SET tcp_keepalives_idle = 30; SET tcp_keepalives_interval = 10; SET tcp_keepalives_count = 3')
  return client
}

async function tryAdvisoryLock(client: pg.Client, name: string): Promise<boolean> {
  const { rows } = await client.query<{ locked: boolean }>('select pg_try_advisory_lock($1) as locked', [keyOf(name)])
  return rows[0]?.locked === true
}

async function describeHolder(client: pg.Client, name: string): Promise<string> {
  const { rows } = await client.query<{ name: string | null; since: Date | null }>(
    `select activity.application_name as name, activity.backend_start as since
     from pg_locks as lock join pg_stat_activity as activity using (pid)
     where lock.locktype = 'advisory' and lock.granted and lock.objsubid = 1
       and (lock.classid::bigint << 32 | lock.objid::bigint) = $1
       and lock.database = (select oid from pg_database where datname = current_database())`,
    [keyOf(name)],
  )
  const [row] = rows
  const [, pid, host] = /^incumbent (\d+)@(.*)$/.exec(row?.name ?? '') ?? []
  if (pid === undefined) return 'another process'
  return `process ${pid} on host ${host}, connected since ${row?.since?.toISOString() ?? 'an unknown time'}`
}

/** The number that an advisory lock has for a name. */
function keyOf(name: string): string {
  return createHash('sha256').update(`incumbent ${name}`).digest().readBigInt64BE().toString()
}
