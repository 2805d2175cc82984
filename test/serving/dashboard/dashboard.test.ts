import type { Page } from 'playwright-core'
import { beforeAll, expect, test, vi } from 'vitest'
import { loadAssignment } from '../../../src/database/assignment-queries.ts'
import { currentRollouts } from '../../../src/database/rollout-queries.ts'
import { createApiToken } from '../../../src/workflows/api-tokens.ts'
import type { Workspace } from '../../../src/workflows/workspace.ts'
import { faultsOf, inBrowser } from '../../support/browser.ts'
import { serveExampleWeeks } from './serve-example-weeks.ts'

inBrowser((look) => {
  let workspace: Workspace
  let url: string

  beforeAll(async () => {
    const served = await serveExampleWeeks()
    workspace = served.workspace
    url = served.url
  }, 300_000)

  for (const path of ['/', '/tiers/1', '/tiers/3', '/tiers/1/rollback']) {
    test(`${path} is sound in both themes and both widths`, async () => {
      expect(await faultsOf((shown) => look(url + path, shown))).toEqual([])
    })
  }

  test('the overview says in one sentence what moves and who stays, also without a script', async () => {
    await using shown = await look(url, { javaScript: false })
    const { page, problems } = shown
    expect(await page.textContent('h1')).toMatch(/^Tier\s1 is moving to sim-flash-lite\. .*Tier\s2 keeps its model\.$/)
    expect(await page.locator('.seat').count()).toBe(3)
    const [first] = await page.locator('.seat').allTextContents()
    expect(first).toContain('231 of 300 requests')
    expect(first).toMatch(/sim-flash-lite: .*it is 1\.\d times as fast and 25\u202f% cheaper\./)
    expect(await page.textContent('main')).toContain('no GEMINI_API_KEY')
    expect(await page.locator('.record-list li:has-text("28 Sep")').count()).toBe(1)
    await page.click('text=Tier 3 · strategic')
    expect(page.url()).toBe(`${url}/tiers/3`)
    expect(problems).toEqual([])
  })

  test('sliders rank the models anew at once and change nothing; without a script the form does the same', async () => {
    const rows = '.weights tbody tr'
    await using scripted = await look(`${url}/tiers/1`)
    const best = () => scripted.page.locator(`${rows} th`).first().textContent()
    const weigh = async (accuracy: string, cost: string) => {
      for (const [name, weight] of Object.entries({ accuracy, speed: '0', cost })) {
        await scripted.page.locator(`input[name=${name}]`).fill(weight)
      }
    }
    await weigh('20', '0')
    expect(await best()).not.toContain('sim-swift')
    await weigh('0', '20')
    const byCost = await scripted.page.locator(rows).allTextContents()
    expect(byCost[0]).toContain('sim-swift')
    expect(await scripted.page.textContent('.worth')).toContain('speed does not count')
    await using plain = await look(`${url}/tiers/1?accuracy=0&speed=0&cost=20`, { javaScript: false })
    expect(await plain.page.locator(rows).allTextContents()).toEqual(byCost)
    expect(await plain.page.textContent('.worth')).toBe(await scripted.page.textContent('.worth'))
  })

  test('points of a chart tell their figures with their interval, to the pointer and to the arrow keys', async () => {
    await using shown = await look(`${url}/tiers/1`)
    const { page } = shown
    const chart = page.locator('.chart.wide:has([data-point])').first()
    const told = chart.locator('.telling')
    const [first, second] = [chart.locator('[data-point]').nth(0), chart.locator('[data-point]').nth(1)]
    await first.hover({ force: true })
    expect(await told.textContent()).toMatch(/^sim-\S+ on 27 Sep: \d+\.\d ± \d\.\d$/)
    await page.mouse.move(0, 0)
    expect(await told.textContent()).toBe('')
    await chart.locator('svg').focus()
    for (const key of ['ArrowRight', 'ArrowRight']) await page.keyboard.press(key)
    expect(await told.textContent()).toMatch(/ on 4 Oct: /)
    expect(await second.getAttribute('class')).toBe('told')
    await page.click('text=Open the evaluation')
    const bars = page.locator('figure:has-text("Sample by sample") .chart.wide')
    await bars.locator('rect[data-point]').first().hover({ force: true })
    expect(await bars.locator('.telling').textContent()).toMatch(/^\d+ samples?: sim-\S+ \d+\.\d points better$/)
    expect(await shown.violations()).toEqual([])
    expect(shown.problems).toEqual([])
  })

  test('the heads of a table sort it, and turn its order', async () => {
    await using shown = await look(`${url}/models`)
    const { page } = shown
    const names = () => page.locator('tbody th').allTextContents()
    const prices = async () =>
      (await page.locator('tbody td:nth-of-type(5)').allTextContents()).map((text) => Number(text.replace('$', '')))
    await page.click('thead >> text=per 1,000 in')
    const dearest = await prices()
    expect(dearest).toEqual(dearest.toSorted((one, other) => other - one))
    await page.click('thead >> text=Model')
    const sorted = await names()
    expect(sorted).toEqual(sorted.toSorted((one, other) => one.localeCompare(other, 'en')))
    await page.click('thead >> text=Model')
    expect(await names()).toEqual(sorted.toReversed())
    expect(await page.getAttribute('thead th', 'aria-sort')).toBe('descending')
    expect(await shown.violations()).toEqual([])
    expect(shown.problems).toEqual([])
  })

  test('the heads of a list of several pages sort all of it at an address of its own, without a script, too', async () => {
    for (const javaScript of [true, false]) {
      await using shown = await look(`${url}/evaluations?limit=5`, { javaScript })
      const { page } = shown
      const costs = async () => {
        const cells = await page.locator('tbody td[data-title=Cost]').allTextContents()
        return cells.map((text) => Number(text.replace('$', '')))
      }
      expect(await page.getAttribute('thead th:has-text("Evaluated")', 'aria-sort')).toBe('descending')
      await page.click('thead >> text=Cost')
      expect(page.url()).toBe(`${url}/evaluations?limit=5&sort=cost&order=desc`)
      expect(await page.getAttribute('thead th:has-text("Cost")', 'aria-sort')).toBe('descending')
      const first = await costs()
      await page.click('text=Next page')
      const both = [...first, ...(await costs())]
      expect(both).toHaveLength(10)
      expect(both).toEqual(both.toSorted((one, other) => other - one))
      await page.click('thead >> text=Cost')
      expect(page.url()).toBe(`${url}/evaluations?limit=5&sort=cost&order=asc`)
      expect(Math.max(...(await costs()))).toBeLessThanOrEqual(Math.min(...first))
      if (javaScript) expect(await shown.violations()).toEqual([])
      await page.click('text=Newest first')
      expect(page.url()).toBe(`${url}/evaluations?limit=5`)
      expect(shown.problems).toEqual([])
    }
  })

  test('a person pauses a rollout and lets it go on, with a name and a reason that stand in the record', async () => {
    await using shown = await look(`${url}/tiers/1`)
    const { page } = shown
    await page.click('.buttons >> text=Pause')
    await page.fill('#by', 'Ada')
    await page.fill('#reason', 'launch week')
    await page.click('button:has-text("Pause")')
    expect(await whatCameOfIt(page)).toContain('launch week')
    expect(page.url()).toBe(`${url}/tiers/1?done=pause`)
    expect(await page.textContent('h1')).toContain('is paused on its way to sim-flash-lite')
    await page.click('.buttons >> text=Approve')
    await page.fill('#by', 'Ada')
    await page.click('button:has-text("Approve")')
    const [rollout] = await currentRollouts(workspace.database.db)
    expect(rollout?.state.stage).toBe('partial')
    expect(await page.locator('#record tbody tr').first().textContent()).toContain('Ada')
    expect(shown.problems).toEqual([])
  })

  test('a person rolls a tier back, also without a script; what is not possible then is said, and nothing is done', async () => {
    await using shown = await look(`${url}/tiers/2/rollback`, { javaScript: false, width: 390 })
    const { page } = shown
    await page.fill('#by', 'Ada')
    await page.fill('#reason', 'customers complain')
    await page.click('button:has-text("Roll back")')
    expect(await whatCameOfIt(page)).toContain('customers complain')
    expect((await loadAssignment(workspace.database.db, 2))?.model).toBe('sim-pro')
    await page.goto(`${url}/tiers/2/unpin`)
    expect(await page.textContent('.stale')).toContain('nothing to unpin')
    await page.fill('#by', 'Ada')
    await page.click('button:has-text("Unpin")')
    expect(await page.textContent('[role=alert]')).toBe('Nothing was changed. Tier 2 is not pinned.')
  })

  test('a form that another site sends changes nothing', async () => {
    const send = (headers: Record<string, string>) =>
      fetch(`${url}/tiers/3/pin`, {
        method: 'POST',
        body: new URLSearchParams({ by: 'Eve', reason: 'forged', form_token: 'a'.repeat(32) }),
        headers,
        redirect: 'manual',
      })
    const cookie = `incumbent_form=${'a'.repeat(32)}`
    expect((await send({ cookie, 'sec-fetch-site': 'cross-site' })).status).toBe(403)
    expect((await send({ cookie, origin: 'https://evil.example' })).status).toBe(403)
    expect((await send({})).status).toBe(403)
    expect((await send({ cookie: `incumbent_form=${'b'.repeat(32)}` })).status).toBe(403)
    expect((await send({ cookie, 'sec-fetch-site': 'same-origin' })).status).toBe(303)
    const record = await fetch(`${url}/api/tiers/3`).then((response) => response.json() as Promise<{ seat: object }>)
    expect(record.seat).toMatchObject({ pin: { by: 'manual:Eve', reason: 'forged' } })
    expect((await loadAssignment(workspace.database.db, 3))?.model).toBe('sim-flash')
  })

  test('a reason that would fill the record is refused', async () => {
    const tooLong = { by: 'Eve', reason: 'x'.repeat(1001) }
    const refused = await fetch(`${url}/api/tiers/3/unpin`, {
      method: 'POST',
      body: JSON.stringify(tooLong),
      headers: { 'content-type': 'application/json' },
    })
    expect([refused.status, await refused.text()]).toEqual([
      400,
      expect.stringContaining('a reason of at most 1000 characters, got 1,001 characters'),
    ])
  })

  test('a theme that was chosen stays, and a page that is not there says so in the same frame', async () => {
    await using shown = await look(`${url}/nothing`, { javaScript: false })
    const { page } = shown
    expect(await page.textContent('h1')).toBe('There is no such page')
    await page.click('button:has-text("dark")')
    await page.goto(url)
    expect(await page.getAttribute('html', 'data-theme')).toBe('dark')
  })

  // The last one: from now on every request needs the token.
  test('once there is a token a browser is asked for it, keeps it, and the name of the token says who acted', async () => {
    const token = await createApiToken(workspace, 'office', 'manual:Ada')
    await vi.waitFor(async () => expect((await fetch(`${url}/api/overview`)).status).toBe(401), 5_000)
    await using shown = await look(`${url}/tiers/1`, { width: 390 })
    const { page } = shown
    expect(page.url()).toBe(`${url}/login?next=%2Ftiers%2F1`)
    expect(await shown.violations()).toEqual([])
    await page.fill('#token', 'inc_wrong')
    await page.click('button:has-text("Log in")')
    expect(await page.textContent('[role=alert]')).toContain('no token of this service')
    await page.fill('#token', token)
    await page.click('button:has-text("Log in")')
    expect(page.url()).toBe(`${url}/tiers/1`)
    const [cookie] = (await page.context().cookies()).filter(({ name }) => name === 'incumbent_token')
    expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Strict' })
    await page.goto(`${url}/tiers/1/pin`)
    await page.fill('#reason', 'audit')
    await page.click('button:has-text("Pin")')
    expect(await page.textContent('.standing')).toContain('pinned by office: audit')
    await page.click('button:has-text("Log out office")')
    await page.goto(url)
    expect(page.url()).toBe(`${url}/login?next=%2F`)
  })
})

/** What the page says that follows a form: that it is done, or, whoever refused it, why not. The form itself has neither. */
async function whatCameOfIt(page: Page): Promise<string> {
  return (await page.locator('.said, .error').first().textContent()) ?? ''
}
