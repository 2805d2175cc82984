import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { bundleRecord, isBundleFresh } from '../../bin/bundle.js'
import { makeBundle } from '../../build/bundle.ts'
import type { CycleReport } from '../../src/reporting/cycle-report.ts'
import { type Place, spawnIncumbent, temporaryFolder } from '../support/run-incumbent.ts'
import { serveIncumbent } from '../support/serve-incumbent.ts'
import { onEmbedded } from '../support/test-databases.ts'

onEmbedded((databases) => {
  // Inside the package, whose libraries and other files the bundle looks for above itself.
  const ignored = resolve(import.meta.dirname, '../../.vitest')
  mkdirSync(ignored, { recursive: true })
  const folder = mkdtempSync(join(ignored, 'bundle-'))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  const cwd = temporaryFolder()
  let place: Place

  beforeAll(async () => {
    await makeBundle(folder)
    place = { cwd, database: await databases.place(), program: join(folder, 'main.js') }
    writeFileSync(
      join(cwd, 'incumbent.yaml'),
      `models:
  - { name: held, provider: simulated, simulated: { errorRate: 0.3, latencyMs: 20 } }
  - { name: better, provider: simulated, simulated: { errorRate: 0.02, latencyMs: 20 } }
tiers:
  1: { candidates: [held, better], initial: held }
  2: none
  3: none
`,
    )
  })

  test('the bundle carries a cycle on the embedded database and writes its report with charts', async () => {
    const { code, stdout, stderr } = await spawnIncumbent(place, 'run', '--dataset', 'v0', '--json')
    expect({ code, stderr }).toMatchObject({ code: 0 })
    const { evaluations, reports } = JSON.parse(stdout) as CycleReport
    expect(evaluations[0]?.runs.map(({ model }) => model)).toContain('better')
    const page = reports.find((path) => path.endsWith('.html')) ?? ''
    expect(readFileSync(join(cwd, page), 'utf8')).toContain('<svg')
  })

  test('the bundle serves the dashboard with its scripts', async () => {
    const service = await serveIncumbent(place)
    try {
      const page = await (await fetch(service.url)).text()
      const script = /<script[^>]*src="([^"]+)"/.exec(page)?.[1] ?? ''
      const reply = await fetch(new URL(script, service.url))
      expect(reply.headers.get('content-type')).toContain('javascript')
    } finally {
      await service.stop()
    }
  })

  test('the bundle is used only as long as no source was changed since it was made', () => {
    expect(isBundleFresh(folder)).toBe(true)
    const record = join(folder, bundleRecord)
    const made = readFileSync(record, 'utf8')
    writeFileSync(record, made.replace(/^(src\/main\.ts \d+) .*$/m, '$1 1'))
    expect(isBundleFresh(folder)).toBe(false)
    expect(isBundleFresh(join(folder, 'nothing'))).toBe(false)
  })
})
