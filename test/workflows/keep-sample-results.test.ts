import { expect, test } from 'vitest'
import { loadEvaluation } from '../../src/database/evaluation-queries.ts'
import { explainEvaluation } from '../../src/workflows/explain-evaluation.ts'
import { keepSampleResults } from '../../src/workflows/keep-sample-results.ts'
import { simulatedWeeks } from '../support/simulated-weeks.ts'
import { forEachDatabase } from '../support/test-databases.ts'

forEachDatabase((databases) => {
  test('a decided evaluation keeps what each sample moved, as explain tells it, and how hard it was', async () => {
    const database = await databases.open()
    const { db } = database
    const weeks = simulatedWeeks(database, 12)
    const options = { models: { held: 'errorRate: 0.4, latencyMs: 900', better: 'errorRate: 0.1, latencyMs: 300' } }
    const { id } = await weeks.evaluate(options)
    const kept = await db.selectFrom('sample_differences').selectAll().orderBy('rank').execute()
    const { pair } = await explainEvaluation(await weeks.workspaceOf(options), { evaluation: id, model: undefined })
    expect(kept).toHaveLength(12)
    expect(kept.slice(0, 10).map(({ sample_key, pull }) => [sample_key, pull])).toEqual(
      pair?.movedMost.map(({ sample, pull }) => [sample, pull]),
    )
    const results = await db.selectFrom('sample_results').selectAll().execute()
    expect(results).toHaveLength(12)
    for (const { models, models_right: right } of results) expect([models, right <= 2]).toEqual([2, true])

    // An evaluation from before they were kept gets them when somebody asks; asked again nothing changes.
    await db.deleteFrom('sample_results').execute()
    await db.deleteFrom('sample_differences').execute()
    const evaluation = await loadEvaluation(db, id)
    if (evaluation === undefined) throw new Error('The evaluation is gone.')
    await keepSampleResults(database, evaluation)
    await keepSampleResults(database, evaluation)
    expect(await db.selectFrom('sample_differences').selectAll().orderBy('rank').execute()).toEqual(kept)
  })
})
