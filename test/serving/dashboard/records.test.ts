import { beforeAll, expect, test } from 'vitest'
import { listDeliveries } from '../../../src/database/delivery-queries.ts'
import type { Workspace } from '../../../src/workflows/workspace.ts'
import { faultsOf, inBrowser } from '../../support/browser.ts'
import { serveExampleWeeks } from './serve-example-weeks.ts'

inBrowser((look) => {
  let workspace: Workspace
  let url: string

  beforeAll(async () => {
    const served = await serveExampleWeeks(true)
    workspace = served.workspace
    url = served.url
  }, 300_000)

  for (const path of ['/models', '/models/sim-pro', '/costs', '/deliveries', '/api/docs']) {
    test(`${path} is sound in both themes and both widths`, async () => {
      expect(await faultsOf((shown) => look(url + path, shown))).toEqual([])
    })
  }

  test('the calculator answers with a sentence and a table at an address of its own, without a script, too', async () => {
    await using shown = await look(`${url}/costs`, { javaScript: false })
    const { page, problems } = shown
    expect(await page.textContent('h1')).toMatch(/^November is heading for \$\d+\.\d\d .*of \$15\.00\.$/)
    await page.fill('[name=perDay]', '5000')
    await page.fill('[name=growth]', '5')
    await page.click('summary:has-text("What if prices change?")')
    await page.fill('[name="in.sim-swift"]', '1')
    await page.fill('[name="out.sim-swift"]', '2')
    await page.click('.fields >> text=Calculate')
    expect(page.url()).toContain('/costs?tier=1&perDay=5000&growth=5')
    expect(await page.textContent('.answer')).toContain('with 5,000 requests a day, growing 5\u202f% a month')
    expect(await page.inputValue('[name=perDay]')).toBe('5000')
    const swift = page.locator('section.plain tr', { hasText: 'sim-swift' }).first()
    expect(await swift.textContent()).toContain('over')
    await page.selectOption('[name=tier]', '2')
    await page.fill('[name=perDay]', '7')
    await page.click('.fields >> text=Calculate')
    expect(await page.textContent('main')).toContain('The models of tier 2 at 7 requests a day')
    await page.goto(`${url}/costs?inputTokens=9`)
    expect(await page.textContent('[role=alert]')).toContain('Expected input and output tokens of a request together')
    expect(problems).toEqual([])
  })

  test('a message is sent once more with one click, and a forged click sends nothing', async () => {
    await using shown = await look(`${url}/deliveries`)
    const { page } = shown
    expect(await page.textContent('h1')).toContain('All reports were sent.')
    const before = await listDeliveries(workspace.database.db, 100)
    await page.locator('button:has-text("Send again")').first().click()
    await page.waitForURL('**/deliveries#deliveries')
    const after = await listDeliveries(workspace.database.db, 100)
    expect(after.length).toBe(before.length + 1)
    expect(after[0]?.key).toContain(`${before[0]?.key ?? ''} again`)
    const forged = await fetch(`${url}/deliveries/${before[0]?.id ?? 0}/again`, {
      method: 'POST',
      body: new URLSearchParams({ form_token: 'a'.repeat(32) }),
    })
    expect(forged.status).toBe(403)
    expect((await listDeliveries(workspace.database.db, 100)).length).toBe(after.length)
  })

  test('a model tells where it stands on each tier, and one that nobody knows is named', async () => {
    await using shown = await look(`${url}/models/sim-pro`, { javaScript: false })
    const { page } = shown
    expect(await page.textContent('main')).toContain('Locked on tier 1: dropped twice in a row.')
    expect(await page.locator('.trends svg').count()).toBe(9)
    await page.goto(`${url}/models/sim-pr`)
    expect(await page.textContent('main')).toContain('There is no model "sim-pr"; did you mean "sim-pro"?')
  })
})
