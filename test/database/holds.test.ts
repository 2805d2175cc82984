import { once } from 'node:events'
import { sql } from 'kysely'
import { beforeAll, expect, test, vi } from 'vitest'
import { insertCycle, loadCycle } from '../../src/database/cycle-queries.ts'
import type { Database } from '../../src/database/database.ts'
import { loadEvaluation } from '../../src/database/evaluation-queries.ts'
import { type Hold, holdCycle, holdTier, markInterrupted } from '../../src/database/holds.ts'
import { startChild } from '../support/child-process.ts'
import { exampleTime, storeEvaluation } from '../support/example-evaluation.ts'
import { forEachDatabase, onServer } from '../support/test-databases.ts'

async function taken(result: ReturnType<typeof holdTier>): Promise<Hold> {
  const hold = await result
  if (hold.status !== 'held') throw new Error(`held by ${hold.holder}`)
  return hold
}

forEachDatabase((databases) => {
  let database: Database
  beforeAll(async () => {
    database = await databases.open()
  })

  test('a tier is held once, until it is released', async () => {
    const hold = await taken(holdTier(database, 1))
    expect(await holdTier(database, 1)).toEqual({ status: 'held-elsewhere', holder: `this process (${process.pid})` })
    const other = await taken(holdTier(database, 2))
    await other.release()
    await hold.release()
    await hold.release()
    const again = await taken(holdTier(database, 1))
    expect(again.lost.aborted).toBe(false)
    await again.release()
  })

  test('of many that want a tier in the same moment one gets it', async () => {
    const results = await Promise.all([1, 2, 3, 4].map(() => holdTier(database, 3)))
    expect(results.filter(({ status }) => status === 'held')).toHaveLength(1)
    for (const result of results) if (result.status === 'held') await result.release()
  })

  test('an evaluation that runs is left alone while its tier is held, and interrupted when nobody holds it', async () => {
    const hold = await taken(holdTier(database, 4))
    const { evaluation } = await storeEvaluation(database.db, { tier: 4 })
    expect(await markInterrupted(database)).toEqual([])
    expect(await loadEvaluation(database.db, evaluation.id)).toMatchObject({ status: 'running' })
    await hold.release()
    expect(await markInterrupted(database)).toEqual([evaluation.id])
    expect(await loadEvaluation(database.db, evaluation.id)).toMatchObject({
      status: 'interrupted',
      finishedAt: undefined,
    })
  })

  test('whoever gets a tier finds no evaluation of it that still says running', async () => {
    const { evaluation } = await storeEvaluation(database.db, { tier: 5 })
    const hold = await taken(holdTier(database, 5))
    expect(await loadEvaluation(database.db, evaluation.id)).toMatchObject({ status: 'interrupted' })
    await hold.release()
  })

  test('a cycle that nobody carries any more is interrupted, one that is carried is not', async () => {
    const [carried, left] = ['5b0c1c1e-0000-4000-8000-000000000001', '5b0c1c1e-0000-4000-8000-000000000002']
    for (const id of [carried, left]) {
      await insertCycle(database.db, { id, startedBy: 'incumbent run', startedAt: exampleTime })
    }
    const hold = await taken(holdCycle(database, carried))
    await markInterrupted(database)
    expect(await loadCycle(database.db, carried)).toMatchObject({ status: 'running' })
    expect(await loadCycle(database.db, left)).toMatchObject({ status: 'interrupted' })
    await hold.release()
  })
})

onServer((databases) => {
  test('a tier that another process holds is free at once when that process is killed', async () => {
    const place = await databases.place()
    const database = await databases.openAt(place)
    const { evaluation } = await storeEvaluation(database.db, { tier: 1, status: 'interrupted' })
    const other = startChild(`${import.meta.dirname}/processes/hold-and-wait.ts`, ['1', place.url ?? ''])
    await other.line('held')
    await sql`update evaluations set status = 'running'`.execute(database.db)

    expect(await holdTier(database, 1)).toEqual({
      status: 'held-elsewhere',
      holder: expect.stringMatching(new RegExp(`^process ${other.process.pid} on host .+, connected since 2`)),
    })
    expect(await markInterrupted(database)).toEqual([])

    await other.kill('SIGKILL')
    await vi.waitFor(async () => expect(await markInterrupted(database)).toEqual([evaluation.id]))
    const hold = await taken(holdTier(database, 1))
    await hold.release()
  })

  test('whoever loses the connection that holds a tier is told, and can hold it again', async () => {
    const database = await databases.open()
    const hold = await taken(holdTier(database, 1))
    await sql`select pg_terminate_backend(pid) from pg_locks
      where locktype = 'advisory' and database = (select oid from pg_database where datname = current_database())`.execute(
      database.db,
    )
    if (!hold.lost.aborted) await once(hold.lost, 'abort')
    await hold.release()
    const again = await taken(holdTier(database, 1))
    expect(again.lost.aborted).toBe(false)
    await again.release()
  })

  test('closing the database ends what it holds', async () => {
    const place = await databases.place()
    const [one, two] = [await databases.openAt(place), await databases.openAt(place)]
    await taken(holdTier(one, 1))
    expect(await holdTier(two, 1)).toMatchObject({ status: 'held-elsewhere' })
    await one.close()
    await vi.waitFor(async () => expect(await holdTier(two, 1)).toMatchObject({ status: 'held' }))
  })
})
