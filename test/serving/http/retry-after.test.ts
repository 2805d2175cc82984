import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { loadConfig } from '../../../src/config/config.ts'
import { ProviderError } from '../../../src/providers/provider.ts'
import { errorPage } from '../../../src/serving/dashboard/error-page.ts'
import type { PageContext } from '../../../src/serving/dashboard/page-context.ts'
import { modelUnavailable } from '../../../src/serving/gateway/traffic/model-unavailable.ts'
import { Cancelled } from '../../../src/serving/http/cancelled.ts'
import { askAgainMs } from '../../../src/serving/http/retry-after.ts'
import { createFakeClock } from '../../support/fake-clock.ts'
import { hello, startedService } from '../started-service.ts'

const folder = mkdtempSync(join(tmpdir(), 'incumbent-retry-'))
afterAll(() => rmSync(folder, { recursive: true }))
const config = loadConfig({ cwd: folder, environment: {} })
// Of the workspace the page of an error reads these two.
const context = { workspace: { config, clock: createFakeClock() } } as unknown as PageContext

let failure: unknown
const fails = () => Promise.reject(failure)
const service = await startedService({
  routes: [
    { method: 'GET', path: '/page', handle: fails },
    { method: 'GET', path: '/api/answer', handle: fails },
  ],
  sendRefusal: (exchange, refusal) => errorPage(context, exchange, refusal),
})
service.answersWith(fails)

const refusals = [
  [
    'the database is away',
    Object.assign(new Error('refused'), { code: 'ECONNREFUSED' }),
    503,
    'database_away',
    askAgainMs.database,
  ],
  ['the service is being stopped', new Cancelled('stopping'), 503, 'stopping', askAgainMs.restart],
  ['nobody can be asked', modelUnavailable('Tier 1 is vacant.'), 503, 'model_unavailable', askAgainMs.person],
  [
    'a server is overloaded',
    new ProviderError('overloaded', 'Later.'),
    503,
    'upstream_overloaded',
    askAgainMs.overload,
  ],
  ['a limit is reached', new ProviderError('rate-limited', 'Later.'), 429, 'rate_limit_exceeded', askAgainMs.rateLimit],
  ['a quota is used up', new ProviderError('quota-exhausted', 'Later.'), 429, 'insufficient_quota', askAgainMs.quota],
] as const

test.each(refusals)(
  'while %s, pages, API and gateway say when to ask again',
  async (_when, error, status, code, ms) => {
    failure = error
    const expected = [status, String(ms / 1000)]
    const page = await fetch(`${service.url}/page`, { headers: { accept: 'text/html' } })
    expect([page.status, page.headers.get('retry-after')]).toEqual(expected)
    expect(await page.text()).toContain('<h1>')
    const post = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(hello) }
    for (const [path, init] of [
      ['/api/answer', {}],
      ['/v1/chat/completions', post],
    ] as const) {
      const response = await fetch(service.url + path, init)
      expect([response.status, response.headers.get('retry-after')], path).toEqual(expected)
      const message = expect.any(String)
      expect(await response.json()).toEqual({ error: { message, type: expect.any(String), param: null, code } })
    }
  },
)

test.each([
  [6_500, '7'],
  [0, '1'],
  [-3, '1'],
])('what a provider says (%i ms) comes before what is usual, as %s whole seconds', async (retryAfterMs, seconds) => {
  failure = new ProviderError('overloaded', 'Later.', { retryAfterMs })
  const response = await fetch(`${service.url}/api/answer`)
  expect(response.headers.get('retry-after')).toBe(seconds)
})

test('who asks wrongly is not told to ask again', async () => {
  failure = new ProviderError('invalid-request', 'No.')
  const response = await fetch(`${service.url}/api/answer`)
  expect([response.status, response.headers.get('retry-after')]).toEqual([400, null])
})
