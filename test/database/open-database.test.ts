import { readdirSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, describe, expect, test, vi } from 'vitest'
import { acquireEmbeddedLock } from '../../src/database/embedded-lock.ts'
import { openDatabase } from '../../src/database/open-database.ts'
import { UserError } from '../../src/shared/user-error.ts'
import { startChild } from '../support/child-process.ts'
import { forEachDatabase, onEmbedded, onServer } from '../support/test-databases.ts'

function filesBelow(folder: string): number {
  return readdirSync(folder, { recursive: true }).length
}

forEachDatabase((databases) => {
  test('it opens with all tables, again and again, and keeps what was stored', async () => {
    const place = await databases.place()
    const first = await databases.openAt(place)
    expect(first.kind).toBe(databases.kind)
    await sql`update model_registry set is_active = false where model_name = 'gemini-1.5-pro'`.execute(first.db)
    await first.close()
    const second = await databases.openAt(place)
    const inactive = await second.db
      .selectFrom('model_registry')
      .select('model_name')
      .where('is_active', '=', false)
      .execute()
    expect(inactive).toEqual([{ model_name: 'gemini-1.5-pro' }])
  })

  test('days and hours in queries are those of UTC, whatever the time zone of the server is', async () => {
    const { db } = await databases.open()
    const { rows } = await sql`select '2026-11-22T02:30:00+02'::timestamptz::text as time`.execute(db)
    expect(rows).toEqual([{ time: '2026-11-22 00:30:00+00' }])
  })

  test('closing twice is no error', async () => {
    const database = await databases.open()
    await database.close()
    await database.close()
  })
})

onEmbedded((databases) => {
  test('a second process is refused with a sentence, and gets in after kill -9', async () => {
    const place = await databases.place()
    const script = `${import.meta.dirname}/processes/open-and-wait.ts`
    const first = startChild(script, [place.home])
    await first.line('opened')
    const second = startChild(script, [place.home])
    expect(await second.line('is in use')).toContain(
      `UserError: ${place.home} is in use by process ${first.process.pid} since`,
    )
    expect((await second.ended).code).toBe(2)
    await first.kill('SIGKILL')
    const third = await databases.openAt(place)
    expect(await third.db.selectFrom('model_registry').selectAll().execute()).toHaveLength(4)
  })

  test('a first start that was killed while it made the database is no obstacle, and only who makes it announces that', async () => {
    const place = await databases.place('empty')
    rmSync(join(place.home, 'database'), { recursive: true })
    const first = startChild(`${import.meta.dirname}/processes/open-and-wait.ts`, [place.home])
    await vi.waitFor(() => expect(filesBelow(place.home)).toBeGreaterThan(100), { timeout: 30_000, interval: 5 })
    await first.kill('SIGKILL')
    expect(first.lines).toEqual([])
    const announced: string[] = []
    const open = () => openDatabase({ url: undefined, home: place.home, announce: (text) => announced.push(text) })
    const lock = await acquireEmbeddedLock(place.home, new Date())
    await expect(open()).rejects.toThrow('is in use')
    expect(announced).toEqual([])
    lock.release()
    const database = await open()
    expect(announced).toEqual([expect.stringContaining('Making the embedded database')])
    expect(await database.db.selectFrom('model_registry').selectAll().execute()).toHaveLength(4)
    await database.close()
  })

  test('a directory of another version of PostgreSQL is left alone, with a sentence', async () => {
    const place = await databases.place()
    writeFileSync(join(place.home, 'database', 'PG_VERSION'), '16\n')
    await expect(databases.openAt(place)).rejects.toThrow(/Expected a database of PostgreSQL 18 .* found one of 16/)
    await expect(databases.openAt(place)).rejects.toThrow(/found one of 16/)
  })
})

onServer((databases) => {
  async function refusal(change: (url: URL) => void): Promise<unknown> {
    const place = await databases.place('empty')
    const url = new URL(place.url ?? '')
    change(url)
    const error: unknown = await openDatabase({ url: url.href, home: '/nonexistent' }).catch(
      (reason: unknown) => reason,
    )
    expect(error).toBeInstanceOf(UserError)
    return error
  }

  test('a wrong password is said, and never shown', async ({ skip }) => {
    const error = await refusal((url) => {
      url.password = 'wrong-secret'
    })
    skip(error === undefined, 'the server asks for no password')
    expect(String(error)).toMatch(
      /server at 127\.0\.0\.1:\d+ refused the user "postgres" \(password authentication failed/,
    )
    expect(String(error)).toContain('Check user and password in DATABASE_URL')
    expect(JSON.stringify([error, (error as Error).cause, (error as Error).stack])).not.toContain('wrong-secret')
  })

  test('a missing password is said', async ({ skip }) => {
    const error = await refusal((url) => {
      url.password = ''
    })
    skip(error === undefined, 'the server asks for no password')
    expect(String(error)).toMatch(/refused the user "postgres"/)
  })

  test('a database that does not exist is said, with the command that makes it', async () => {
    const error = await refusal((url) => {
      url.pathname = '/nowhere'
    })
    expect(String(error)).toMatch(/has no database "nowhere"\. Create it \(createdb nowhere\)/)
  })
})

describe('a server that cannot be used', () => {
  const sockets = new Set<() => void>()
  afterAll(() => {
    for (const close of sockets) close()
  })

  async function messageFor(url: string): Promise<string> {
    const error: unknown = await openDatabase({ url, home: '/nonexistent' }).catch((reason: unknown) => reason)
    expect(error).toBeInstanceOf(UserError)
    expect(String(error)).not.toContain('s3cret')
    return String(error)
  }

  test('because nobody listens is named with its address', async () => {
    expect(await messageFor('postgres://ada:s3cret@127.0.0.1:1/models')).toMatch(
      /Expected a PostgreSQL server at 127\.0\.0\.1:1 and could not use it \(.*ECONNREFUSED.*Start it/,
    )
  })

  test('because its name is unknown is named with its address', async () => {
    expect(await messageFor('postgres://ada:s3cret@nowhere.invalid/models')).toMatch(
      /at nowhere\.invalid:5432 .*(ENOTFOUND|EAI_AGAIN)/,
    )
  })

  test('because something else answers is named with its address', async () => {
    const other = createServer((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'))
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
    sockets.add(() => other.close())
    const address = other.address()
    const port = address !== null && typeof address === 'object' ? address.port : 0
    expect(await messageFor(`postgres://ada:s3cret@127.0.0.1:${port}/models`)).toContain(`127.0.0.1:${port}`)
  })

  test('because its URL is none is told how a URL looks', async () => {
    for (const url of [
      'localhost',
      'mysql://ada:s3cret@localhost/models',
      'postgres://ada:s3cret#x@localhost:port/x',
    ]) {
      expect(await messageFor(url)).toMatch(/to be like postgres:\/\/user:password@host:5432\/name/)
    }
  })
})
