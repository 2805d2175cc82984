import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { loadConfig } from '../../../src/config/config.ts'
import type { Database } from '../../../src/database/database.ts'
import type { Comparison } from '../../../src/recommendation/recommendation.ts'
import { serviceApi } from '../../../src/serving/api/service-api.ts'
import { silentListener } from '../../../src/workflows/cycle-listener.ts'
import { wholeRequest } from '../../../src/workflows/cycle-request.ts'
import { runCycle } from '../../../src/workflows/run-cycle.ts'
import { syncRegistry } from '../../../src/workflows/sync-registry.ts'
import type { Workspace } from '../../../src/workflows/workspace.ts'
import { storeEvaluation } from '../../support/example-evaluation.ts'
import { startLoopbackOpenAi } from '../../support/loopback-openai.ts'
import { type Behaviours, simulatedWeeks, type WeekOptions } from '../../support/simulated-weeks.ts'
import { onEmbedded } from '../../support/test-databases.ts'
import { startedService } from '../started-service.ts'
import { publishedDocument } from './published-document.ts'
import { undescribed } from './undescribed.ts'

const models: Behaviours = { held: 'errorRate: 0.3, latencyMs: 2000', better: 'errorRate: 0, latencyMs: 600' }
const tier = 'targets: { latencyMs: 2000, costUsd: 0.002 }, rollout: { policy: auto }'

function week(changes: Behaviours = {}, request: WeekOptions['request'] = { racing: false }): WeekOptions {
  return { models: { ...models, ...changes }, tier, request }
}

onEmbedded((databases) => {
  let database: Database
  let url: string

  beforeAll(async () => {
    database = await databases.open()
    const weeks = simulatedWeeks(database, 40)
    await weeks.week(week())
    await database.db.updateTable('model_assignments').set({ rollback_threshold_accuracy: 90 }).execute()
    await weeks.week(week({ better: 'errorRate: 0.5, latencyMs: 600' }))
    const rival = { rival: 'errorRate: 0.3, latencyMs: 2000' }
    const hopeless = { hopeless: 'errorRate: 0.9, latencyMs: 2000, failureRate: 0.2' }
    for (const _ of [1, 2, 3]) await weeks.week(week({ ...rival, ...hopeless }, {}))
    await weeks.evaluate(week({}, { limit: 12 }))
    await cutOff(weeks)
    await withoutKey(weeks.folder, await weeks.workspaceOf(week()))
    await storeEvaluation(database.db, { tier: 7, status: 'running' })
    await storeEvaluation(database.db, { tier: 8, status: 'failed' })
    const workspace = await weeks.workspaceOf(week())
    const routes = serviceApi({ workspace, refreshRoutes: () => Promise.resolve() })
    url = (await startedService({ routes, db: database.db })).url
  })

  test('the data is of every kind', async () => {
    const { db } = database
    const evaluations = await db.selectFrom('evaluations').select(['id', 'status', 'confirms', 'applies']).execute()
    const statuses = new Set(evaluations.map(({ status }) => status))
    expect([...statuses].toSorted()).toEqual(['completed', 'failed', 'interrupted', 'invalid', 'running'])
    expect(evaluations.some(({ confirms }) => confirms !== null)).toBe(true)
    expect(evaluations.some(({ confirms, applies }) => !applies && confirms === null)).toBe(true)
    const runs = await db.selectFrom('model_test_runs').select('test_status').distinct().execute()
    expect(runs.map((run) => run.test_status)).toEqual(expect.arrayContaining(['dropped', 'locked', 'invalid']))
    const reports = await Promise.all(
      evaluations
        .filter(({ status }) => status === 'completed')
        .map(async ({ id }) => (await fetch(`${url}/api/evaluations/${id}`)).json() as Promise<Page>),
    )
    const states = reports.flatMap(({ report }) => report?.recommendation.comparisons.map(({ state }) => state) ?? [])
    expect(new Set(states)).toEqual(new Set(['switch', 'drop', 'inconclusive']))
    expect(reports.map(({ report }) => report?.drift?.status)).toContain('rollback')
    expect(reports.every(({ simulated }) => simulated.length > 0)).toBe(true)
  })

  test('every answer is as the document says, with no field that it does not describe', async () => {
    expect(await undescribed(url)).toEqual([])
  }, 120_000)

  test('a comparison of too few samples is described with its differences and without', async () => {
    const { faultsOfNamed } = await publishedDocument(url)
    const alone: Comparison = {
      model: 'better',
      commonItems: 0,
      coverage: 0,
      flags: ['no_common_items'],
      blocked: ['too_few_items'],
      state: 'insufficient_data',
    }
    const differences = { clusters: 1, clustersEffective: 1, delta: 5, accuracyDelta: 2, failDelta: 0, niMargin: 2 }
    for (const comparison of [alone, { ...alone, ...differences }] satisfies Comparison[]) {
      expect(faultsOfNamed('UnjudgedComparison', comparison)).toEqual([])
    }
  })

  test('so are the files and the events', async () => {
    const { faultsOf } = await publishedDocument(url)
    const outcomes = await (await fetch(`${url}/api/exports/outcomes?format=json`)).json()
    expect(faultsOf('GET /api/exports/outcomes', outcomes)).toEqual([])
    const report = await (await fetch(`${url}/api/exports/report?format=json`)).json()
    expect(faultsOf('GET /api/exports/report', report)).toEqual([])
    const { items } = (await (await fetch(`${url}/api/evaluations?tier=1&limit=1`)).json()) as {
      items: { id: string }[]
    }
    const events = await (await fetch(`${url}/api/evaluations/${items[0]?.id ?? ''}/progress`)).text()
    const [, data = ''] = /^event: progress\ndata: (.*)$/m.exec(events) ?? []
    expect(faultsOf('GET /api/evaluations/{id}/progress', JSON.parse(data), 'text/event-stream')).toEqual([])
  })

  test('what a person says is answered as it is described, and so is what is refused', async () => {
    const { faultsOf, faultsOfNamed } = await publishedDocument(url)
    const say = async (action: string, body: object) => {
      const headers = { 'content-type': 'application/json' }
      const response = await fetch(`${url}/api/tiers/1/${action}`, {
        method: 'POST',
        headers,
        body: JSON.stringify(body),
      })
      return { status: response.status, body: await response.json() }
    }
    for (const [action, more] of [
      ['pin', {}],
      ['unpin', {}],
      ['assign', { model: 'rival' }],
    ] as const) {
      const said = await say(action, { by: 'Ada', reason: 'a test', ...more })
      expect([said.status, faultsOf(`POST /api/tiers/{tier}/${action}`, said.body)]).toEqual([200, []])
    }
    const refused = await say('pause', { by: 'Ada', reason: 'a test' })
    expect([refused.status, faultsOfNamed('Error', refused.body)]).toEqual([409, []])
  })

  async function cutOff(weeks: ReturnType<typeof simulatedWeeks>): Promise<void> {
    const stop = new AbortController()
    let heard = 0
    const listener = {
      ...silentListener,
      outcome: () => {
        heard += 1
        if (heard === 30) stop.abort(new Error('cut off'))
      },
    }
    await expect(weeks.evaluate(week(), listener, stop.signal)).rejects.toThrow('cut off')
  }

  /** Every call is refused: a reason of the provider, so that the evaluation says nothing about its models. */
  async function withoutKey(folder: string, { clock }: Workspace): Promise<void> {
    const server = await startLoopbackOpenAi({ fault: 'bad-key' })
    writeFileSync(
      join(folder, 'incumbent.yaml'),
      `baselines: []
providers: { loopback: { kind: openai, baseUrl: '${server.url}', apiKey: \${LOOPBACK_KEY} } }
models: [{ name: refused, provider: loopback, id: Qwen/Qwen3-4B, contextTokens: 8192 }]
tiers:
  1: none
  2: none
  3: none
  9: { name: tickets, task: ./tickets/tier1, dataset: ./tickets, candidates: [refused], initial: none, minimumSamples: 10 }
`,
    )
    const environment = { OLLAMA_HOST: '127.0.0.1:9', LOOPBACK_KEY: 'wrong' }
    const config = loadConfig({ cwd: folder, environment })
    await syncRegistry(database.db, config, clock.now())
    const signal = new AbortController().signal
    await runCycle({ config, database, clock }, { ...wholeRequest, repeats: 1 }, 'test', silentListener, signal)
    await server.close()
  }
})

interface Page {
  simulated: string[]
  report: { recommendation: { comparisons: { state: string }[] }; drift: { status: string } | null } | null
}
