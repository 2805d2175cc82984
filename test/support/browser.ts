import { existsSync, readdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { homedir } from 'node:os'
import { join } from 'node:path'
import type { AxeResults } from 'axe-core'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, describe } from 'vitest'

export interface Shown {
  theme?: 'light' | 'dark'
  /** CSS pixels. */
  width?: 1280 | 390
  javaScript?: boolean
  /** Such as `Authorization`, with every request. */
  headers?: Record<string, string>
}

/** A page that was looked at, and what is wrong with it. */
export interface Look extends AsyncDisposable {
  page: Page
  /** Errors of the console, and requests to elsewhere; empty on a good page. */
  problems: string[]
  /** What axe finds, as `rule: element`; empty on a good page. */
  violations(): Promise<string[]>
  /** How many pixels the page is wider than its window. */
  overflowPx(): Promise<number>
}

/**
 * What is wrong with a page in both themes and both widths; an empty list on a sound one. Axe, which takes most of the
 * time, reads each theme once, and each width once: a width shows other parts, and a theme other colours.
 */
export async function faultsOf(look: (shown: Shown) => Promise<Look>): Promise<string[]> {
  const faults: string[] = []
  for (const [theme, width, other] of [
    ['light', 1280, 390],
    ['dark', 390, 1280],
  ] as const) {
    await using shown = await look({ theme, width })
    const tell = (fault: string, at: number = width) => faults.push(`${theme} at ${at} pixels: ${fault}`)
    for (const violation of await shown.violations()) tell(violation)
    for (const at of [width, other]) {
      await shown.page.setViewportSize({ width: at, height: 900 })
      const overflowPx = await shown.overflowPx()
      if (overflowPx !== 0) tell(`${overflowPx} pixels too wide`, at)
    }
    for (const problem of shown.problems) tell(problem)
  }
  return faults
}

/**
 * Runs a suite with a real browser, one for all its tests; where there is none its tests are shown as skipped, or fail when
 * REQUIRE_ALL_TESTS=1.
 */
export function inBrowser(suite: (look: (url: string, shown?: Shown) => Promise<Look>) => void): void {
  const path = browserPath()
  if (path === undefined && process.env.REQUIRE_ALL_TESTS === '1') throw new Error(missing)
  const run = path === undefined ? describe.skip : describe
  run(`in a browser${path === undefined ? ` (${missing})` : ''}`, () => {
    let browser: Promise<Browser> | undefined
    afterAll(async () => (await browser)?.close())
    suite(async (url, shown = {}) => {
      browser ??= openBrowser(path)
      return lookAt(await browser, url, shown)
    })
  })
}

const missing = 'no Chromium: install one, or name it with CHROMIUM_PATH'

export function openBrowser(path = browserPath()): Promise<Browser> {
  if (path === undefined) throw new Error(missing)
  return chromium.launch({ executablePath: path, args: ['--no-sandbox', '--disable-gpu'] })
}

export async function lookAt(
  browser: Browser,
  url: string,
  { theme = 'light', width = 1280, javaScript = true, headers }: Shown,
): Promise<Look> {
  const context = await browser.newContext({
    colorScheme: theme,
    viewport: { width, height: width === 390 ? 844 : 900 },
    javaScriptEnabled: javaScript,
    ...(headers === undefined ? {} : { extraHTTPHeaders: headers }),
  })
  // Nearly as long as a test may take: a busy machine is no fault of the page.
  context.setDefaultTimeout(50_000)
  const page = await context.newPage()
  const problems: string[] = []
  const { origin } = new URL(url)
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) problems.push(message.text())
  })
  page.on('pageerror', (error) => problems.push(error.message))
  page.on('request', (request) => {
    if (new URL(request.url()).origin !== origin) problems.push(`a request to ${request.url()}`)
  })
  await page.goto(url)
  return {
    page,
    problems,
    violations: () => violationsOn(page),
    overflowPx: () => page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth'),
    [Symbol.asyncDispose]: () => context.close(),
  }
}

const axePath = createRequire(import.meta.url).resolve('axe-core/axe.min.js')

/** Axe comes through the protocol of the developer tools: as a script of the page the content security policy would refuse it. */
async function violationsOn(page: Page): Promise<string[]> {
  const { readFile } = await import('node:fs/promises')
  await page.evaluate(await readFile(axePath, 'utf8'))
  const { violations } = await page.evaluate<AxeResults>("axe.run({ resultTypes: ['violations'] })")
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, any }) => `${id}: ${html.slice(0, 200)} ${any[0]?.message ?? ''}`),
  )
}

function browserPath(): string | undefined {
  const named = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'].map(
    (name) => `/usr/bin/${name}`,
  )
  const mac = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'
  const paths = [process.env.CHROMIUM_PATH ?? '', ...named, mac, ...ofPlaywright()]
  return paths.find((path) => path !== '' && existsSync(path))
}

/** What `npx playwright install chromium` has brought. */
function ofPlaywright(): string[] {
  const folder = process.env.PLAYWRIGHT_BROWSERS_PATH ?? join(homedir(), '.cache', 'ms-playwright')
  if (!existsSync(folder)) return []
  const versions = readdirSync(folder).filter((name) => name.startsWith('chromium-'))
  return versions.flatMap((version) =>
    ['chrome-linux', 'chrome-linux64'].map((place) => join(folder, version, place, 'chrome')),
  )
}
