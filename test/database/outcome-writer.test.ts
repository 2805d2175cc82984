import { setTimeout as delay } from 'node:timers/promises'
import type { Kysely } from 'kysely'
import { beforeAll, beforeEach, expect, test } from 'vitest'
import type { Database } from '../../src/database/database.ts'
import { loadAskedCalls } from '../../src/database/outcome-queries.ts'
import { createOutcomeWriter } from '../../src/database/outcome-writer.ts'
import type { Tables } from '../../src/database/tables.ts'
import { scoredOutcome, storeEvaluation } from '../support/example-evaluation.ts'
import { forEachDatabase } from '../support/test-databases.ts'

const outcome = (number: number) => scoredOutcome({ sampleKey: `s${number}` })

forEachDatabase((databases) => {
  let database: Database
  let evaluationId: string
  beforeAll(async () => {
    database = await databases.open()
  })
  beforeEach(async () => {
    evaluationId = (await storeEvaluation(database.db, { status: 'interrupted' })).evaluation.id
  })

  /** The same database, counting statements. */
  function counting(): { db: Kysely<Tables>; statements: () => number } {
    let statements = 0
    const db = database.db.withPlugin({
      transformQuery: ({ node }) => {
        statements += 1
        return node
      },
      transformResult: ({ result }) => Promise.resolve(result),
    })
    return { db, statements: () => statements }
  }

  async function stored(): Promise<number> {
    return (await loadAskedCalls(database.db, evaluationId)).length
  }

  test('a save resolves when the outcome is in the database', async () => {
    const writer = createOutcomeWriter(database.db, evaluationId)
    await writer.save(outcome(1))
    expect(await stored()).toBe(1)
  })

  test('outcomes that come within the delay are stored by one statement', async () => {
    const { db, statements } = counting()
    const writer = createOutcomeWriter(db, evaluationId, { maxDelayMs: 20 })
    await Promise.all(Array.from({ length: 40 }, (_, number) => writer.save(outcome(number))))
    expect(statements()).toBe(1)
    expect(await stored()).toBe(40)
  })

  test('what comes while a group is being stored is the next group, and nothing waits for ever', async () => {
    const { db, statements } = counting()
    const writer = createOutcomeWriter(db, evaluationId, { maxDelayMs: 1 })
    const saves: Promise<void>[] = []
    for (let number = 0; number < 60; number += 1) {
      saves.push(writer.save(outcome(number)))
      if (number % 10 === 0) await delay(2)
    }
    await Promise.all(saves)
    expect(statements()).toBeGreaterThan(1)
    expect(statements()).toBeLessThan(30)
    expect(await stored()).toBe(60)
  })

  test('flush stores at once what waits, and is done when it is stored', async () => {
    const writer = createOutcomeWriter(database.db, evaluationId, { maxDelayMs: 60_000 })
    const save = writer.save(outcome(1))
    expect(await stored()).toBe(0)
    await writer.flush()
    expect(await stored()).toBe(1)
    await save
    await writer.flush()
  })

  test('a group that cannot be stored rejects every save in it, and the next group is tried anew', async () => {
    const writer = createOutcomeWriter(database.db, evaluationId, { maxDelayMs: 10 })
    const unknownModel = scoredOutcome({ model: 'in-no-registry' })
    const results = await Promise.allSettled([writer.save(outcome(1)), writer.save(unknownModel), writer.flush()])
    for (const result of results) {
      expect(result).toMatchObject({ status: 'rejected', reason: { code: '23503' } })
    }
    await writer.save(outcome(2))
    expect(await stored()).toBe(1)
  })
})
