import { expect, test } from 'vitest'
import { loadDataset, loadDatasetSamples } from '../../../src/workflows/pages/datasets.ts'
import { loadEvaluationPage } from '../../../src/workflows/pages/evaluation.ts'
import { loadEvaluationsPage } from '../../../src/workflows/pages/evaluations.ts'
import { loadSample, loadSamples } from '../../../src/workflows/pages/samples.ts'
import { simulatedWeeks } from '../../support/simulated-weeks.ts'
import { forEachDatabase } from '../../support/test-databases.ts'

const first = {
  challenger: undefined,
  category: undefined,
  complexity: undefined,
  failure: undefined,
  cursor: undefined,
}

forEachDatabase((databases) => {
  test('evaluations and their samples are told page by page, each once, from the list to a single field', async () => {
    const database = await databases.open()
    const weeks = simulatedWeeks(database, 12)
    const options = {
      models: { held: 'errorRate: 0.4, latencyMs: 900, failureRate: 0.2', better: 'errorRate: 0.1, latencyMs: 300' },
      request: { repeats: 1 },
    }
    const [older, newer] = [await weeks.week(options), await weeks.week(options)]
    const workspace = await weeks.workspaceOf(options)

    const page = await loadEvaluationsPage(workspace, { tier: 1, cursor: undefined, limit: 1 })
    expect(page.items.map(({ id }) => id)).toEqual([newer.id])
    const rest = await loadEvaluationsPage(workspace, { tier: 1, cursor: page.next ?? '', limit: 5 })
    expect([rest.items.map(({ id }) => id), rest.next]).toEqual([[older.id], null])

    const evaluation = await loadEvaluationPage(workspace, newer.id, { ...first, limit: 5 })
    expect(evaluation.report?.id).toBe(newer.id)
    expect(evaluation.list.pair).toEqual({ held: 'held', challenger: 'better' })
    const { next, items } = evaluation.list
    const others = await loadSamples(workspace, newer.id, { ...first, cursor: next ?? '', limit: 50 })
    const ranks = [...items, ...others.items].map(({ rank }) => rank)
    expect(ranks).toEqual(Array.from({ length: 12 }, (_, index) => index + 1))
    const total = evaluation.differences?.counts.reduce((sum, { samples }) => sum + samples, 0)
    expect(total).toBe(12)

    const refunds = await loadSamples(workspace, newer.id, { ...first, category: 'refund', limit: 50 })
    expect(new Set(refunds.items.map(({ category }) => category))).toEqual(new Set(['refund']))
    expect(refunds.items).toHaveLength(6)
    const [kind] = evaluation.report?.failures.map((failure) => failure.kind) ?? []
    const failed = await loadSamples(workspace, newer.id, { ...first, failure: kind, limit: 50 })
    expect(failed.items.length).toBeGreaterThan(0)
    for (const { scores } of failed.items) expect(scores.some((score) => score.failed > 0)).toBe(true)

    const [moved] = items
    const sample = await loadSample(workspace, newer.id, { sample: moved?.sample ?? '', models: undefined })
    expect(sample.place).toMatchObject({ rank: 1, of: 12, before: null, after: items[1]?.sample })
    expect(sample.target).toHaveProperty('team')
    await expect(loadSample(workspace, newer.id, { sample: 't99', models: undefined })).rejects.toThrow(
      'no sample "t99"',
    )

    const dataset = await loadDataset(workspace, 'tickets@v1')
    expect(dataset).toMatchObject({ samples: 12, tiers: [1], verifiedBy: [{ words: 'Ada', samples: 12 }] })
    const accuracies = dataset.hardest[0]?.samples.map(({ accuracy }) => accuracy) ?? []
    expect(accuracies).toEqual(accuracies.toSorted((one, other) => one - other))
    const list = await loadDatasetSamples(workspace, 'tickets@v1', { ...first, category: 'login', limit: 4 })
    expect(list.items).toHaveLength(4)
    const more = await loadDatasetSamples(workspace, 'tickets@v1', {
      ...first,
      cursor: list.next ?? '',
      category: 'login',
      limit: 4,
    })
    expect([more.items.length, more.next]).toEqual([2, null])
  })
})
