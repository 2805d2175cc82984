import { existsSync, readFileSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import type { CycleReport } from '../../src/reporting/cycle-report.ts'
import { type Place, runIncumbent, temporaryFolder } from '../support/run-incumbent.ts'
import { onEmbedded } from '../support/test-databases.ts'

onEmbedded((databases) => {
  const cwd = temporaryFolder()
  let place: Place
  let report: CycleReport

  beforeAll(async () => {
    place = { cwd, database: await databases.place() }
    const run = await runIncumbent(place, 'run', '--dataset', 'v0', '--tier', '1', '--models', 'rules-basic', '--json')
    if (run.code !== 0) throw new Error(run.stderr)
    report = JSON.parse(run.stdout) as CycleReport
  })

  test('a report that was lost is written again, with the same page', async () => {
    const page = join(cwd, report.reports.find((path) => path.endsWith('.html')) ?? '')
    const before = readFileSync(page, 'utf8')
    rmSync(dirname(page), { recursive: true })
    const { stdout, code } = await runIncumbent(place, 'report')
    expect(code).toBe(0)
    expect(stdout.trim().split('\n')).toEqual(report.reports)
    expect(readFileSync(page, 'utf8')).toBe(before)
  })

  test('only the files that are asked for are written, and the others stay', async () => {
    const path = (name: string) => join(cwd, dirname(report.reports[0] ?? ''), name)
    rmSync(path('report.html'))
    const written = readFileSync(path('results.csv'), 'utf8')
    const { stdout } = await runIncumbent(place, 'report', '--format', 'html')
    expect(stdout).toMatch(/report\.html\n$/)
    expect(stdout).not.toContain('report.md')
    expect(existsSync(path('report.html'))).toBe(true)
    expect(readFileSync(path('results.csv'), 'utf8')).toBe(written)
  })

  test('an unknown format is refused with those that there are', async () => {
    const { stderr, code } = await runIncumbent(place, 'report', '--format', 'pdf')
    expect(code).toBe(2)
    expect(stderr).toContain('expected some of md, csv, json, html, got "pdf"')
  })
})
