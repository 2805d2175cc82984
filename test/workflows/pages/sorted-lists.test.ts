import { expect, test } from 'vitest'
import { logColumns } from '../../../src/database/assignment-log-queries.ts'
import { deliveryColumns, insertDeliveries } from '../../../src/database/delivery-queries.ts'
import { evaluationColumns } from '../../../src/database/evaluation-page-queries.ts'
import type { ListSort } from '../../../src/database/list-order.ts'
import { runColumns } from '../../../src/database/model-page-queries.ts'
import { sampleColumns } from '../../../src/database/sample-queries.ts'
import { loadDatasetSamples } from '../../../src/workflows/pages/datasets.ts'
import { loadDeliveries } from '../../../src/workflows/pages/deliveries.ts'
import { loadEvaluationsPage } from '../../../src/workflows/pages/evaluations.ts'
import { loadModelRuns } from '../../../src/workflows/pages/model.ts'
import { loadSamples } from '../../../src/workflows/pages/samples.ts'
import { tierPage } from '../../../src/workflows/pages/tier.ts'
import { simulatedWeeks } from '../../support/simulated-weeks.ts'
import { forEachDatabase } from '../../support/test-databases.ts'

interface Page<I> {
  items: I[]
  next: string | null
}

/** All pages of a list, as somebody sees it who follows its links. */
async function walked<I>(load: (cursor: string | undefined) => Promise<Page<I>>): Promise<I[]> {
  const found: I[] = []
  let cursor: string | undefined
  do {
    const { items, next } = await load(cursor)
    found.push(...items)
    cursor = next ?? undefined
  } while (cursor !== undefined)
  return found
}

/** In every order of every column the pages have each entry once; what is known goes up or down, the rest comes last. */
async function expectSorted<I, C extends string>(
  columns: readonly C[],
  load: (sort: ListSort<C> | undefined, cursor: string | undefined) => Promise<Page<I>>,
  valuesOf: Partial<Record<C, (item: I) => number | string | null | undefined>>,
): Promise<void> {
  const keyOf = (item: I) => JSON.stringify(item)
  const all = (await walked((cursor) => load(undefined, cursor))).map(keyOf).toSorted()
  for (const column of columns) {
    for (const isDescending of [false, true]) {
      const items = await walked((cursor) => load({ column, isDescending }, cursor))
      expect(items.map(keyOf).toSorted(), column).toEqual(all)
      const read = valuesOf[column]
      if (read === undefined) continue
      const values = items.map((item) => read(item) ?? null)
      const known = values.filter((value) => value !== null)
      const up = known.toSorted((one, other) => (one === other ? 0 : one < other ? -1 : 1))
      expect(values, column).toEqual([
        ...(isDescending ? up.toReversed() : up),
        ...values.filter((value) => value === null),
      ])
    }
  }
}

forEachDatabase((databases) => {
  test('every list is sorted over all its pages by every column, each entry once and what is unknown last', async () => {
    const database = await databases.open()
    const weeks = simulatedWeeks(database, 12)
    const options = {
      models: { held: 'errorRate: 0.4, latencyMs: 900, failureRate: 0.2', better: 'errorRate: 0.1, latencyMs: 300' },
      request: { repeats: 1 },
    }
    await weeks.week(options)
    const trial = { ...options, request: { repeats: 1, applies: false } }
    const evaluations = [await weeks.week(trial), await weeks.week(options)]
    const workspace = await weeks.workspaceOf(options)
    const now = workspace.clock.now()
    const channels = ['slack', 'email', 'slack', 'email', 'slack'] as const
    await insertDeliveries(
      database.db,
      channels.map((channel, index) => ({
        key: `trial:${index}`,
        channel,
        recipient: `to ${index % 2}`,
        kind: 'trial',
        createdAt: now,
      })),
    )

    await expectSorted(
      evaluationColumns,
      (sort, cursor) => loadEvaluationsPage(workspace, { tier: undefined, sort, cursor, limit: 1 }),
      {
        evaluated: ({ startedAt }) => startedAt,
        sure: ({ verdict }) => verdict?.confidence,
        difference: ({ verdict }) => verdict?.difference,
        failed: ({ failed }) => failed,
        cost: ({ costUsd }) => costUsd,
      },
    )
    await expectSorted(
      runColumns,
      (sort, cursor) => loadModelRuns(workspace, { model: 'better', sort, cursor, limit: 1 }),
      {
        evaluated: ({ startedAt }) => startedAt,
        accuracy: ({ accuracy }) => accuracy,
        median: ({ p50Ms }) => p50Ms,
      },
    )
    const every = { challenger: undefined, category: undefined, complexity: undefined, failure: undefined }
    for (const category of [undefined, 'refund']) {
      await expectSorted(
        sampleColumns,
        (sort, cursor) =>
          loadSamples(workspace, evaluations[1]?.id ?? '', { ...every, category, sort, cursor, limit: 5 }),
        {
          sample: ({ sample }) => sample,
          accuracy: ({ accuracy }) => accuracy,
          total: ({ total }) => total,
          moved: ({ rank }) => -(rank ?? 0),
        },
      )
    }
    await expectSorted(
      ['sample'],
      (sort, cursor) => loadDatasetSamples(workspace, 'tickets@v1', { ...every, sort, cursor, limit: 5 }),
      { sample: ({ sample }) => sample },
    )
    await expectSorted(deliveryColumns, (sort, cursor) => loadDeliveries(workspace, { sort, cursor, limit: 2 }), {
      to: ({ channel, recipient }) => `${channel} ${recipient}`,
      tries: ({ tries }) => tries,
    })
    for (const column of logColumns) {
      const { log } = await tierPage(workspace, 1, { sort: { column, isDescending: false } })
      expect(log.length, column).toBeGreaterThan(0)
    }
  })

  test('a page that follows is refused under another order than the one that it belongs to', async () => {
    const database = await databases.open()
    const weeks = simulatedWeeks(database, 12)
    const options = {
      models: { held: 'errorRate: 0.4, latencyMs: 900', better: 'errorRate: 0.1, latencyMs: 300' },
      request: { repeats: 1 },
    }
    await weeks.week(options)
    await weeks.week(options)
    const workspace = await weeks.workspaceOf(options)
    const byCost = { column: 'cost', isDescending: true } as const
    const request = { tier: undefined, limit: 1 }
    const { next } = await loadEvaluationsPage(workspace, { ...request, sort: byCost, cursor: undefined })
    for (const sort of [undefined, { ...byCost, isDescending: false }, { ...byCost, column: 'calls' } as const]) {
      const other = loadEvaluationsPage(workspace, { ...request, sort, cursor: next ?? '' })
      await expect(other).rejects.toThrow('got that of another list')
    }
  })
})
