import { expect, test } from 'vitest'
import { measuredUse } from '../../src/database/call-use-queries.ts'
import { finishEvaluation } from '../../src/database/evaluation-queries.ts'
import { insertOutcomes } from '../../src/database/outcome-queries.ts'
import { finishRun } from '../../src/database/run-queries.ts'
import { exampleSummary, exampleTime, scoredOutcome, storeEvaluation } from '../support/example-evaluation.ts'
import { onEmbedded } from '../support/test-databases.ts'

const flash = 'gemini-2.0-flash-001'

onEmbedded((databases) => {
  test('of a long evaluation the samples that were asked first tell what calls use', async () => {
    const { db } = await databases.open()
    const sampleKeys = Array.from({ length: 302 }, (_, index) => `s${1000 - index}`)
    const { evaluation, runs } = await storeEvaluation(db, { sampleKeys })
    const outcomes = sampleKeys.flatMap((sampleKey) => [0, 1].map((repeat) => scoredOutcome({ sampleKey, repeat })))
    await insertOutcomes(db, evaluation.id, outcomes)
    const end = { status: 'completed', finishedAt: exampleTime } as const
    for (const { id } of runs) await finishRun(db, id, { ...end, summary: exampleSummary() })
    await finishEvaluation(db, evaluation.id, end)
    const used = await measuredUse(db, 1, [flash])
    expect(used.map(({ sampleKey }) => sampleKey)).toEqual(sampleKeys.slice(0, 300).toSorted())
    expect(used[0]).toMatchObject({ model: flash, evaluationId: evaluation.id, inputTokens: 900, latencyMs: 812.5 })
  })
})
