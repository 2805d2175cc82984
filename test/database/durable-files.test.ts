import { copyFileSync, cpSync, existsSync, mkdirSync, readlinkSync, statSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { checkpointWhereDue } from '../../src/database/checkpoint.ts'
import { durableFiles, durableParameters } from '../../src/database/durable-files.ts'
import { onEmbedded } from '../support/test-databases.ts'

onEmbedded((databases) => {
  const directory = async () => join((await databases.place('empty')).home, 'database')

  test.skipIf(!existsSync('/proc/self/fd'))(
    'a power failure loses nothing that was acknowledged: all of it is in what was written to the disk',
    async () => {
      const disk = await directory()
      const inUse = await directory()
      const pglite = await PGlite.create(inUse, {
        startParams: durableParameters(PGlite.defaultStartParams),
        extensions: { durable: durableFiles((descriptor) => carry(descriptor, { from: inUse, to: disk })) },
      })
      await pglite.exec('create table kept (number integer)')
      const store = (number: number) =>
        pglite.query('insert into kept select $1 from generate_series(1, 100)', [number])
      for (const number of [1, 2, 3]) await store(number)
      expect(await keptAfterFailure(disk)).toEqual([1, 2, 3])
      await pglite.exec('checkpoint')
      await store(4)
      expect(await keptAfterFailure(disk)).toEqual([1, 2, 3, 4])
      await pglite.close()
      expect(await keptAfterFailure(disk)).toEqual([1, 2, 3, 4])
    },
    30_000,
  )

  test('a disk that does not take it is told to PostgreSQL, in the numbers of WASI', async () => {
    const stream = { nfd: 1, node: { name: 'a' } }
    const failing = (code: string) => () => {
      throw Object.assign(new Error(code), { code })
    }
    const result = async (sync: () => void) => {
      const { emscriptenOpts } = await durableFiles(sync).setup({} as PGlite, {})
      const operations = { write: (_to: typeof stream) => 1, fsync: (_of: typeof stream) => -1 }
      for (const prepare of emscriptenOpts.preRun) prepare({ NODEFS: { stream_ops: operations } })
      operations.write(stream)
      return operations.fsync(stream)
    }
    expect(await result(() => undefined)).toBe(0)
    expect(await result(failing('EIO'))).toBe(29)
    expect(await result(failing('EINVAL'))).toBe(28)
  })

  test('the embedded database waits for the disk at every commit', async () => {
    const { db } = await databases.open()
    for (const setting of ['fsync', 'synchronous_commit', 'full_page_writes']) {
      expect((await sql`show ${sql.raw(setting)}`.execute(db)).rows).toEqual([{ [setting]: 'on' }])
    }
    expect((await sql`show wal_sync_method`.execute(db)).rows).toEqual([{ wal_sync_method: 'fsync' }])
  })

  describe('the log of changes', () => {
    test('begins anew when there is much of it, and not before', async () => {
      const pglite = await PGlite.create(await directory())
      const begin = async () =>
        (await pglite.query<{ lsn: string }>('select redo_lsn as lsn from pg_control_checkpoint()')).rows[0]?.lsn
      await pglite.exec("create table filled as select repeat('x', 1000) from generate_series(1, 3000)")
      const before = await begin()
      await checkpointWhereDue(pglite, 10_000_000)
      expect(await begin()).toBe(before)
      await checkpointWhereDue(pglite, 1_000_000)
      expect(await begin()).not.toBe(before)
      await pglite.close()
    })
  })
})

/** What is synced of a file is on the disk, as it is now. */
function carry(descriptor: number, { from, to }: { from: string; to: string }): void {
  const file = readlinkSync(`/proc/self/fd/${descriptor}`)
  const target = join(to, relative(from, file))
  if (!statSync(file).isFile()) return
  mkdirSync(dirname(target), { recursive: true })
  copyFileSync(file, target)
}

/** Starts from a disk, and leaves it as it is. */
async function keptAfterFailure(disk: string): Promise<number[]> {
  const copy = `${disk}-after`
  cpSync(disk, copy, { recursive: true })
  const pglite = await PGlite.create(copy)
  const { rows } = await pglite.query<{ number: number }>(
    'select number from kept group by number having count(*) = 100 order by number',
  )
  await pglite.close()
  return rows.map(({ number }) => number)
}
