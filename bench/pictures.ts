import { statSync } from 'node:fs'
import { join } from 'node:path'
import { chromium } from 'playwright-core'
import { runDemo } from '../src/commands/demo/run-demo.ts'

/** Pictures of the dashboard for the README, from the demo: `node bench/pictures.ts`. */
const folder = join(import.meta.dirname, '..', 'docs', 'pictures')

const pictures: { name: string; path: string; height: number; theme?: 'light' | 'dark' }[] = [
  { name: 'overview', path: '/', height: 900 },
  { name: 'overview-dark', path: '/', height: 900, theme: 'dark' },
  { name: 'tier', path: '/tiers/1', height: 800 },
  { name: 'model', path: '/models/sim-sharp', height: 900 },
  { name: 'deliveries', path: '/deliveries', height: 800 },
]

/** So that a page of the README stays light. */
const mostBytes = 150_000

const executablePath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium'
const stop = new AbortController()
const opened = Promise.withResolvers<string>()
const listener = {
  progress: (text: string) => void process.stderr.write(`${text}\n`),
  story: () => {},
  opened: (url: string) => opened.resolve(url),
}
const demo = runDemo({ seed: 1, port: 0 }, listener, stop.signal)
const url = await Promise.race([opened.promise, demo.then(() => '')])
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] })
try {
  for (const picture of pictures) console.log(await taken(picture))
} finally {
  await browser.close()
  stop.abort()
  await demo
}

async function taken({ name, path, height, theme = 'light' }: (typeof pictures)[number]): Promise<string> {
  const file = join(folder, `${name}.png`)
  const page = await browser.newPage({ viewport: { width: 1280, height }, colorScheme: theme })
  await page.goto(new URL(path, url).href)
  await page.screenshot({ path: file })
  await page.close()
  const { size } = statSync(file)
  if (size > mostBytes) throw new Error(`${file} has ${size} bytes; at most ${mostBytes} are wanted.`)
  return `${file}: ${Math.round(size / 1000)} KB`
}
