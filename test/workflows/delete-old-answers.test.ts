import { expect, test } from 'vitest'
import { loadConfig } from '../../src/config/config.ts'
import { insertOutcomes, loadOutcomes } from '../../src/database/outcome-queries.ts'
import { deleteOldAnswers } from '../../src/workflows/delete-old-answers.ts'
import { exampleTime, scoredOutcome, storeEvaluation } from '../support/example-evaluation.ts'
import { createFakeClock } from '../support/fake-clock.ts'
import { temporaryFolder } from '../support/run-incumbent.ts'
import { onEmbedded } from '../support/test-databases.ts'

const dayMs = 86_400_000

onEmbedded((databases) => {
  const config = loadConfig({ cwd: temporaryFolder(), environment: {} })
  const signal = new AbortController().signal

  test('answers are deleted after their days, and everything that was measured stays', async () => {
    const database = await databases.open()
    const { evaluation: old } = await storeEvaluation(database.db, { finishedAt: exampleTime, status: 'completed' })
    const young = new Date(exampleTime.getTime() + 10 * dayMs)
    const { evaluation: kept } = await storeEvaluation(database.db, {
      startedAt: young,
      finishedAt: young,
      status: 'completed',
    })
    const { evaluation: running } = await storeEvaluation(database.db, {})
    for (const { id } of [old, kept, running]) await insertOutcomes(database.db, id, [scoredOutcome()])
    const clock = createFakeClock({ start: new Date(exampleTime.getTime() + 401 * dayMs), skipsSleep: true })
    const workspace = { config, database, clock }

    expect(await deleteOldAnswers(workspace, signal)).toBe(
      'The answers of 1 evaluation were deleted, as they were older than 400 days (retention.answersDays). Scores and verdicts stay.',
    )
    const [before] = await loadOutcomes(database.db, kept.id)
    expect(before).toMatchObject({ rawText: expect.any(String), answer: { industry: 'software' } })
    expect(await loadOutcomes(database.db, old.id)).toEqual([{ ...before, rawText: undefined, answer: {} }])
    expect(await loadOutcomes(database.db, running.id)).toEqual([before])
    expect(await deleteOldAnswers(workspace, signal)).toBeUndefined()
    const never = { ...workspace, config: { ...config, retention: { answersDays: undefined } } }
    await clock.advance(1000 * dayMs)
    expect(await deleteOldAnswers(never, signal)).toBeUndefined()
  })
})
