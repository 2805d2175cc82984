import { mkdirSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { makeDemoFolder } from '../../../src/commands/demo/demo-folder.ts'
import { runDemo } from '../../../src/commands/demo/run-demo.ts'
import type { Story } from '../../../src/commands/demo/story.ts'

const minutes = 60_000

interface Told {
  story: Story
  text: string
  progress: string[]
  pages: Map<string, string>
  reports: string[]
}

let parent: string
let told: Told

beforeAll(async () => {
  parent = mkdtempSync(join(tmpdir(), 'demo-test-'))
  vi.stubEnv('TMPDIR', parent)
  // A key of whoever runs the demo is none of its business.
  vi.stubEnv('GEMINI_API_KEY', 'the-key-of-somebody')
  told = await demoTold()
}, 15 * minutes)

afterAll(() => void vi.unstubAllEnvs())

const shownPages = [
  '/',
  '/tiers/1',
  '/tiers/2',
  '/models',
  '/models/sim-swift',
  '/evaluations',
  '/costs',
  '/deliveries',
]

/** The whole demo, until its dashboard was looked at. */
async function demoTold(): Promise<Told> {
  const stop = new AbortController()
  const parts: Partial<Told> = {}
  const progress: string[] = []
  const pages = new Map<string, string>()
  const looked = Promise.withResolvers<void>()
  const look = async (url: string) => {
    for (const path of shownPages) {
      const response = await fetch(new URL(path, url), { headers: { accept: 'text/html' } })
      pages.set(path, `${response.status} ${await response.text()}`)
    }
  }
  const listener = {
    progress: (line: string) => void progress.push(line),
    story(story: Story, text: string) {
      Object.assign(parts, { story, text, reports: newestReport() })
    },
    opened: (url: string) => void look(url).then(looked.resolve, looked.reject),
  }
  const ended = runDemo({ seed: 1, port: 0 }, listener, stop.signal)
  await Promise.race([looked.promise, ended])
  stop.abort()
  await ended
  await looked.promise
  return { ...(parts as Omit<Told, 'progress' | 'pages'>), progress, pages }
}

function newestReport(): string[] {
  const [demo = ''] = readdirSync(parent)
  const reports = join(parent, demo, 'reports')
  const newest = join(reports, readdirSync(reports).sort().at(-1) ?? '')
  return ['report.md', 'report.html'].map((file) => readFileSync(join(newest, file), 'utf8'))
}

test('a faster model comes to its seat by shadow, part of the requests and all of them', () => {
  const won = told.story.events.won.find(({ model }) => model === 'sim-swift')
  expect(won).toMatchObject({ tier: 1, over: 'sim-oak' })
  const stages = [won?.shadowAt ?? '', won?.partialAt ?? '', won?.fullAt ?? '']
  expect(stages.toSorted((one, other) => one.localeCompare(other))).toEqual(stages)
  expect(told.story.tiers).toContainEqual({ tier: 1, name: 'core', model: 'sim-swift' })
})

test('a cheap and quick model with more errors is refused, although its total score is the best', () => {
  expect(told.story.events.refused.map(({ model }) => model)).toContain('sim-bargain')
})

test('a model that becomes worse is rolled back, and the one before holds the seat again', () => {
  expect(told.story.events.rolledBack).toMatchObject([{ tier: 2, model: 'sim-sharp', nowHeldBy: 'sim-maple' }])
})

test('a model that its provider gives up is replaced', () => {
  const seats = [{ tier: 3, takenBy: 'sim-maple' }]
  expect(told.story.events.retired).toMatchObject([{ model: 'sim-sage', seats }])
})

test('a message that Slack does not take arrives later, once', () => {
  const late = told.story.events.late.filter(({ channel }) => channel === 'slack')
  expect(late.length).toBeGreaterThan(0)
  for (const { queuedAt, sentAt, subject } of late) {
    expect(Date.parse(sentAt)).toBeGreaterThan(Date.parse(queuedAt))
    expect(subject).toMatch(/^\[simulated\] /)
  }
})

test('every visible place says that the models are simulated', () => {
  expect(told.story.simulated).toBe(true)
  for (const text of [told.text, told.progress[0], ...told.reports]) expect(text).toMatch(/simulated/i)
  for (const [path, page] of told.pages) {
    expect(page.slice(0, 3), path).toBe('200')
    if (page.includes('sim-')) expect(page, path).toMatch(/simulated/)
  }
})

test('it is told as one line a week with what happened below it', () => {
  const weeks = told.progress.filter((line) => line.startsWith('Week '))
  expect(weeks).toHaveLength(12)
  expect(weeks[8]).toContain('Tier 2 went back from sim-sharp to sim-maple')
})

test('the same seed tells the same story, byte for byte', { timeout: 5 * minutes }, async () => {
  const again: Story[] = []
  const listener = { progress: () => {}, opened: () => {}, story: (story: Story) => void again.push(story) }
  await runDemo({ seed: 1, port: undefined, weeks: 2 }, listener, new AbortController().signal)
  expect(JSON.stringify(again[0]?.weeks[0])).toBe(JSON.stringify(told.story.weeks[0]))
})

test(
  'nothing is left behind, also when it is interrupted',
  async () => {
    const stop = new AbortController()
    stop.abort()
    const listener = { progress: () => {}, opened: () => {}, story: () => {} }
    await expect(runDemo({ seed: 1, port: undefined }, listener, stop.signal)).rejects.toThrow('Interrupted')
    expect(readdirSync(parent)).toEqual([])
  },
  5 * minutes,
)

test('what a killed demo has left is removed by the next one; another that runs is let be', async () => {
  const folders = mkdtempSync(join(tmpdir(), 'demo-leftovers-'))
  const deadPid = 41_943_040
  mkdirSync(join(folders, `incumbent-demo-${deadPid}-abc`, '.incumbent'), { recursive: true })
  mkdirSync(join(folders, `incumbent-demo-${process.ppid}-abc`))
  mkdirSync(join(folders, 'incumbent-demonstration'))
  const own = await makeDemoFolder(folders)
  const expected = [
    own.path,
    join(folders, `incumbent-demo-${process.ppid}-abc`),
    join(folders, 'incumbent-demonstration'),
  ]
  expect(
    readdirSync(folders)
      .map((name) => join(folders, name))
      .toSorted(),
  ).toEqual(expected.toSorted())
  own.remove()
  expect(readdirSync(folders)).toHaveLength(2)
})
