import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { connectEmbedded } from '../../src/database/connect-embedded.ts'
import { embeddedQueries } from '../../src/database/embedded-queries.ts'
import { startEmbeddedThread } from '../../src/database/start-embedded-thread.ts'
import { onEmbedded } from '../support/test-databases.ts'

onEmbedded((databases) => {
  async function connected() {
    const { home } = await databases.place('empty')
    const thread = startEmbeddedThread(join(home, 'database'))
    const connection = await connectEmbedded(thread)
    return { home, thread, connection, db: embeddedQueries(connection) }
  }

  test('a COMMIT that fails says what PostgreSQL says, and the next transaction works', async () => {
    const { db, connection } = await connected()
    await sql`create table seats (id int primary key deferrable initially deferred)`.execute(db)
    const insert = () => db.transaction().execute((trx) => sql`insert into seats values (1)`.execute(trx))
    await insert()
    await expect(insert()).rejects.toMatchObject({ code: '23505', detail: 'Key (id)=(1) already exists.' })
    const swallowing = db.transaction().execute((trx) => sql`select nothing`.execute(trx).catch(() => undefined))
    await expect(swallowing).rejects.toThrow('Transaction was rolled back instead of committed')
    await db.transaction().execute((trx) => sql`insert into seats values (2)`.execute(trx))
    expect((await sql`select id from seats`.execute(db)).rows).toEqual([{ id: 1 }, { id: 2 }])
    await connection.close()
  })

  test('what a transaction throws is what is told, also when it was rolled back before', async () => {
    const { connection } = await connected()
    const refused = connection.transaction(async (inside) => {
      await inside.query('create table seats (id int)')
      await inside.rollback()
      throw new Error('refused')
    })
    await expect(refused).rejects.toThrow('refused')
    await expect(connection.query('select * from seats')).rejects.toMatchObject({ code: '42P01' })
    await connection.close()
  })

  test('when the thread ends, everybody hears of it who waits or who comes later', async () => {
    const { db, thread, connection } = await connected()
    const inTransaction = () => db.transaction().execute((trx) => sql`select pg_sleep(10)`.execute(trx))
    // First what keeps the thread busy, so that it has answered nothing when it ends.
    const waiting = [
      connection.query('select pg_sleep(10)'),
      inTransaction(),
      connection.query('select 1'),
      inTransaction(),
    ]
    await thread.terminate()
    const later = [inTransaction(), connection.query('select 1'), connection.transaction(async () => 'nothing')]
    const all = await Promise.allSettled([...waiting, ...later])
    for (const one of all)
      expect(one).toMatchObject({ reason: { message: expect.stringContaining('ended by itself') } })
  })

  test('when PostgreSQL gives up, as on a full disk, all that is asked later fails at once with its reason', async () => {
    const { home, connection } = await connected()
    rmSync(join(home, 'database', 'pg_wal'), { recursive: true })
    const write = () => connection.query("select pg_logical_emit_message(false, 'test', 'text'), pg_switch_wal()")
    const writing = Promise.all([write(), write(), write(), write()])
    await expect(writing).rejects.toMatchObject({ severity: 'PANIC', message: expect.stringContaining('pg_wal') })
    await expect(connection.query('select 1')).rejects.toThrow(/ended by itself: could not .* "pg_wal/)
  })

  test('a connection that was closed says so, to transactions too', async () => {
    const { db, connection } = await connected()
    await Promise.all([connection.close(), connection.close()])
    await expect(connection.query('select 1')).rejects.toThrow('The embedded database is closed.')
    await expect(connection.transaction(async () => 'nothing')).rejects.toThrow('is closed')
    await expect(db.transaction().execute(async () => 'nothing')).rejects.toThrow('already closed')
  })

  test('a value that cannot be sent to the thread is refused, and keeps nobody waiting', async () => {
    const { connection } = await connected()
    await expect(connection.query('select $1', [() => 1])).rejects.toThrow('could not be cloned')
    const { rows } = await connection.query('select $1::timestamptz as at', [new Date(0)])
    expect(rows).toEqual([{ at: new Date(0) }])
    await connection.close()
  })
})
