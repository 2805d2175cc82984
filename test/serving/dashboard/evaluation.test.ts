import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { loadConfig } from '../../../src/config/config.ts'
import { systemClock } from '../../../src/shared/clock.ts'
import { silentListener } from '../../../src/workflows/cycle-listener.ts'
import { wholeRequest } from '../../../src/workflows/cycle-request.ts'
import { runCycle } from '../../../src/workflows/run-cycle.ts'
import { syncRegistry } from '../../../src/workflows/sync-registry.ts'
import type { Workspace } from '../../../src/workflows/workspace.ts'
import { smallDataset, writtenFolder } from '../../datasets/written-dataset.ts'
import { faultsOf, inBrowser } from '../../support/browser.ts'
import { startLoopbackOpenAi } from '../../support/loopback-openai.ts'
import { serveExampleWeeks } from './serve-example-weeks.ts'

inBrowser((look) => {
  let workspace: Workspace
  let url: string
  /** The newest of tier 1, which says switch. */
  let evaluation: string

  beforeAll(async () => {
    const served = await serveExampleWeeks()
    workspace = served.workspace
    url = served.url
    const newest = workspace.database.db.selectFrom('evaluations').select('id').where('tier', '=', 1)
    evaluation = (await newest.orderBy('started_at', 'desc').limit(1).executeTakeFirstOrThrow()).id
  }, 300_000)

  const pages: [string, () => string][] = [
    ['the list of evaluations', () => '/evaluations'],
    ['an evaluation', () => `/evaluations/${evaluation}`],
    ['a sample side by side', () => `/evaluations/${evaluation}/samples/v1-027-examinations-officer`],
    ['golden data', () => '/datasets/job-analysis@v1'],
  ]
  for (const [name, path] of pages) {
    test(`${name} is sound in both themes and both widths`, async () => {
      expect(await faultsOf((shown) => look(url + path(), shown))).toEqual([])
    })
  }

  test('from the list a reader comes without a script to the verdict, the samples and the field that was wrong', async () => {
    await using shown = await look(`${url}/evaluations?tier=1`, { javaScript: false })
    const { page } = shown
    await page.click('tbody tr:first-child a')
    expect(await page.textContent('h1')).toBe('Switch from sim-flash to sim-flash-lite.')
    expect(await page.textContent('.checks')).toContain('sim-flash-lite passes every check')
    await page.selectOption('select[name=complexity]', 'complex')
    await page.click('#samples button')
    expect(new URL(page.url()).searchParams.get('complexity')).toBe('complex')
    const complexities = await page.locator('#samples td[data-title=Complexity]').allTextContents()
    expect(new Set(complexities)).toEqual(new Set(['complex']))
    await page.click('text=Open the sample')
    expect(await page.textContent('.lede')).toMatch(/It moved the total of sim-flash-lite by −/)
    expect(await page.locator('.diff .wrong').count()).toBeGreaterThan(0)
    await page.click('text=rules-basic')
    expect(await page.textContent('.diff thead')).toContain('rules-basic')
    expect(shown.problems).toEqual([])
  })

  test('an address that names nothing is told in a sentence, and so is a wrong filter', async () => {
    for (const [path, status, words] of [
      ['/evaluations/nothing', 404, 'There is no evaluation nothing'],
      [`/evaluations/${evaluation}?complexity=hard`, 400, 'complexity in the query'],
      ['/datasets/nothing@v1', 404, 'got "nothing@v1"'],
    ] as const) {
      const response = await fetch(url + path, { headers: { accept: 'text/html' } })
      expect([response.status, (await response.text()).replaceAll('&quot;', '"')]).toEqual([
        status,
        expect.stringContaining(words),
      ])
    }
  })

  test('an evaluation that runs tells how far it is, and shows its verdict when it ends', async () => {
    const server = await startLoopbackOpenAi({ latencyMs: 60 })
    const folder = writtenFolder(
      Object.fromEntries(Object.entries(manyTickets()).map(([path, text]) => [`tickets/${path}`, text])),
    )
    writeFileSync(join(folder, 'incumbent.yaml'), configurationOf(server.url))
    const config = loadConfig({ cwd: folder, environment: { OLLAMA_HOST: '127.0.0.1:9', INCUMBENT_HOME: folder } })
    const { database } = workspace
    const own: Workspace = { config, database, clock: systemClock }
    await syncRegistry(database.db, config, new Date())
    const running = runCycle(own, { ...wholeRequest, repeats: 1 }, 'test', silentListener, new AbortController().signal)
    const { id } = (await expect.poll(runningOne, { timeout: 10_000 }).toBeDefined().then(runningOne)) as { id: string }
    await using shown = await look(`${url}/evaluations/${id}`)
    const { page } = shown
    expect(await page.textContent('h1')).toBe('Tier 7 is being evaluated.')
    const asked = async () => Number((await page.textContent('[data-part=count]'))?.split(' ')[0])
    const before = await asked()
    await expect.poll(asked, { timeout: 10_000 }).toBeGreaterThan(before)
    await running
    await page.waitForSelector('#samples', { timeout: 10_000 })
    expect(await page.textContent('h1')).not.toContain('is being evaluated')
    expect(shown.problems).toEqual([])
    await server.close()
  }, 30_000)

  async function runningOne(): Promise<{ id: string } | undefined> {
    const query = workspace.database.db.selectFrom('evaluations').select('id').where('status', '=', 'running')
    return query.executeTakeFirst()
  }
})

function configurationOf(url: string): string {
  return `baselines: []
providers: { loopback: { kind: openai, baseUrl: '${url}', concurrency: 1 } }
models:
  - { name: one, provider: loopback, id: Qwen/Qwen3-4B, contextTokens: 8192 }
  - { name: other, provider: loopback, id: Qwen/Qwen3-4B, contextTokens: 8192 }
tiers:
  1: none
  2: none
  3: none
  7: { name: tickets, task: ./tickets/tier1, dataset: ./tickets, candidates: [one, other], initial: none, minimumSamples: 10 }
`
}

function manyTickets() {
  const numbers = Array.from({ length: 30 }, (_, index) => index + 1)
  return smallDataset({
    'v1/samples.jsonl': numbers.map((number) => ({
      key: `t${number}`,
      category: 'login',
      complexity: 'simple',
      notes: '',
      input: { title: `Ticket ${number}`, text: `The customer of case ${number} writes a letter.` },
    })),
    'tier1/targets.v1.jsonl': numbers.map((number) => ({
      key: `t${number}`,
      target: { team: 'identity', urgency: 1 + (number % 5) },
      verified_by: 'Ada',
    })),
  })
}
