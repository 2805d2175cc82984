import { expect, test } from 'vitest'
import { insertOutcomes } from '../../../src/database/outcome-queries.ts'
import { failedSoFarWords, progressWords } from '../../../src/reporting/progress-words.ts'
import { progressOf } from '../../../src/workflows/pages/progress.ts'
import { exampleTime, failedOutcome, scoredOutcome, storeEvaluation } from '../../support/example-evaluation.ts'
import { forEachDatabase } from '../../support/test-databases.ts'

const keys = Array.from({ length: 100 }, (_, index) => `s${index}`)
const after = (seconds: number) => new Date(exampleTime.getTime() + seconds * 1000)

forEachDatabase((databases) => {
  test('the time that is left follows the speed of the last minutes, and is unknown before 20 calls', async () => {
    const { db } = await databases.open()
    const { evaluation } = await storeEvaluation(db, { sampleKeys: keys })
    const outcomes = keys.slice(0, 19).map((sampleKey, index) => scoredOutcome({ sampleKey, askedAt: after(index) }))
    await insertOutcomes(db, evaluation.id, outcomes)
    expect(await progressOf(evaluation, { db, now: after(20) })).toMatchObject({
      asked: 19,
      planned: 700,
      leftMs: null,
    })

    const failed = failedOutcome({ sampleKey: 's19', askedAt: after(19) })
    await insertOutcomes(db, evaluation.id, [failed])
    const progress = await progressOf(evaluation, { db, now: after(20) })
    expect(progress).toMatchObject({
      asked: 20,
      failed: 1,
      leftMs: 680_000,
      failures: [{ kind: 'overloaded', calls: 1 }],
    })
    // What was asked before a pause does not make it slower.
    expect((await progressOf(evaluation, { db, now: after(3600) })).leftMs).toBeNull()
  })
})

test('progress is told in calls, with an honest end', () => {
  const progress = { asked: 412, planned: 600, failed: 3, leftMs: 370_000 }
  expect(progressWords(progress)).toBe('412 of 600 calls · about 6\u202fmin left')
  expect(progressWords({ ...progress, leftMs: null })).toBe('412 of 600 calls')
  expect(progressWords({ ...progress, leftMs: 20_000 })).toBe('412 of 600 calls · less than a minute left')
  const failures = [
    { kind: 'timeout', calls: 2 },
    { kind: 'rate-limited', calls: 1 },
  ]
  expect(failedSoFarWords({ failed: 3, failures })).toBe('3 failed: 2 timeout, 1 rate-limited.')
})
