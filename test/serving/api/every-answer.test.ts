import { afterAll, expect, test } from 'vitest'
import { pagesApi } from '../../../src/serving/api/service-api.ts'
import { runService } from '../../../src/serving/run-service.ts'
import { openExampleWeeks } from '../../support/open-example-weeks.ts'
import { undescribed } from './undescribed.ts'

const { workspace } = await openExampleWeeks()
const options = { host: '127.0.0.1', port: 0, runCommand: () => Promise.resolve(0), writeLog: () => undefined }
const service = await runService(workspace, options)
afterAll(() => service.stop())

async function json(path: string): Promise<unknown> {
  const response = await fetch(service.url + path)
  const body: unknown = await response.json()
  expect(response.status, JSON.stringify(body).slice(0, 300)).toBe(200)
  return body
}

const routes = pagesApi({ workspace, refreshRoutes: () => Promise.resolve() })
const paths = routes.flatMap(({ method, path, answer }) =>
  method === 'GET' && answer['application/json'] !== undefined && !path.startsWith('/api/exports') ? [path] : [],
)

test('every answer is as the document says, with no field that it does not describe', async () => {
  expect(await undescribed(service.url, 6)).toEqual([])
}, 120_000)

test('the projection is the same as that of the command', async () => {
  const [projection] = (await json('/api/costs/projection?tier=1&perDay=5000&growth=5&budget=80')) as [
    { requestsPerDay: number; models: { model: string; status: string }[] },
  ]
  expect(projection.requestsPerDay).toBe(5000)
  expect(projection.models[0]).toMatchObject({ model: 'sim-flash', holdsSeat: true, status: 'projected' })
  const response = await fetch(`${service.url}/api/costs/projection?inputTokens=5&price=nonsense`)
  expect(response.status).toBe(400)
  expect(await response.text()).toContain('price[0] in the query: expected text such as gemini-2.0-flash-001=')
})

test('pages of a list follow each other to its end', async () => {
  const seen: string[] = []
  let next: string | null = ''
  while (next !== null) {
    const query = `?model=sim-pro&limit=9${next === '' ? '' : `&cursor=${next}`}`
    const list = (await json(`/api/model-runs${query}`)) as { items: { id: string }[]; next: string | null }
    seen.push(...list.items.map((run) => run.id))
    next = list.next
  }
  const runs = await workspace.database.db
    .selectFrom('model_test_runs')
    .select('id')
    .where('model_name', '=', 'sim-pro')
    .execute()
  expect(new Set(seen)).toEqual(new Set(runs.map((run) => run.id)))
  expect(seen.length).toBe(runs.length)
})

test.each(paths.filter((path) => path.includes('{') && !path.includes('{tier}')))(
  '%s answers 404 for a name that there is not',
  async (path) => {
    const response = await fetch(service.url + path.replace(/\{\w+\}/g, 'nothing'))
    expect([response.status, await response.json()]).toEqual([
      404,
      { error: expect.objectContaining({ code: 'not_found' }) },
    ])
  },
)
