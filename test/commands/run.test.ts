import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import type { CycleReport } from '../../src/reporting/cycle-report.ts'
import { type Finished, type Place, runIncumbent, spawnIncumbent, temporaryFolder } from '../support/run-incumbent.ts'
import { forEachDatabase, onEmbedded } from '../support/test-databases.ts'

forEachDatabase((databases) => {
  describe('incumbent run on a machine without keys', () => {
    const cwd = temporaryFolder()
    let place: Place
    let ran: Finished
    let report: CycleReport

    beforeAll(async () => {
      place = { cwd, database: await databases.place() }
      ran = await spawnIncumbent(place, 'run', '--json')
      report = JSON.parse(ran.stdout) as CycleReport
    })

    test('exits 0 and prints one JSON document and nothing else on stdout', () => {
      expect(ran.code).toBe(0)
      const keys = ['cycle', 'startedAt', 'finishedAt', 'evaluations', 'notes', 'costs', 'reports']
      expect(Object.keys(report).toSorted()).toEqual(keys.toSorted())
    })

    test('evaluates the three tiers with both baselines on the same samples', () => {
      expect(report.evaluations.map(({ tier }) => tier)).toEqual([1, 2, 3])
      for (const { runs, samples, status, dataset } of report.evaluations) {
        expect(status).toBe('completed')
        expect(dataset).toMatch(/^job-analysis@v\d+$/)
        expect(runs.map(({ model }) => model).toSorted()).toEqual(['rules-basic', 'rules-thorough'])
        for (const run of runs) {
          expect(run).toMatchObject({ provider: 'rules', asked: samples, scored: samples, failed: {}, costUsd: 0 })
          expect(run.accuracy).toBeGreaterThan(0)
          expect(run.tokens).toEqual({ input: null, output: null, total: null })
          expect(run.latencyMs.p50).toBeLessThanOrEqual(run.latencyMs.p95 ?? 0)
        }
      }
    })

    test('the baseline of more effort is the more accurate one on every tier', () => {
      for (const { runs } of report.evaluations) {
        const accuracy = Object.fromEntries(runs.map((run) => [run.model, run.accuracy ?? 0]))
        expect(accuracy['rules-thorough']).toBeGreaterThan(accuracy['rules-basic'] ?? 100)
      }
    })

    test('a baseline is never recommended and never takes a seat', () => {
      for (const { recommendation, assignment } of report.evaluations) {
        expect(recommendation).toMatchObject({
          decision: 'insufficient_data',
          reasons: ['no_records'],
          comparisons: [],
        })
        expect(assignment).toEqual({ model: 'gemini-2.0-flash-001', changed: false })
      }
    })

    test('says of every model that could not be tested why, and what to do', () => {
      const [tier1] = report.evaluations
      expect(tier1?.skipped.map(({ model }) => model).toSorted()).toEqual([
        'gemini-1.5-flash',
        'gemini-1.5-pro',
        'gemini-2.0-flash-001',
        'gemini-2.0-flash-lite-001',
      ])
      for (const { reason, remedy } of tier1?.skipped ?? []) {
        expect(reason).toContain('GEMINI_API_KEY')
        expect(remedy).toContain('.env')
      }
    })

    test('names the right tier in the reasoning of each', () => {
      for (const { tier, reasoning } of report.evaluations) {
        expect(reasoning).toContain(`Tier ${tier}`)
        expect(reasoning.match(/Tier \d/g)?.every((words) => words === `Tier ${tier}`)).toBe(true)
      }
    })

    test('writes report.md, results.csv, results.json and report.html', () => {
      const [markdown, csv, json, page] = report.reports.map((path) => readFileSync(join(cwd, path), 'utf8'))
      expect(markdown).toMatch(/^# Model report/)
      expect(markdown?.indexOf('**What changed.**')).toBeLessThan(200)
      expect(markdown).toContain('NOT MEASURED')
      expect(markdown).toContain('synthetic')
      const outcomes = report.evaluations.reduce(
        (sum, { runs }) => sum + runs.reduce((all, { asked }) => all + asked, 0),
        0,
      )
      expect(csv?.trimEnd().split('\r\n')).toHaveLength(outcomes + 1)
      expect(JSON.parse(json ?? '')).toEqual(report)
      expect(page).toMatch(/^<!doctype html>/)
      for (const { tier, tierName } of report.evaluations) expect(page).toContain(`<h2>Tier ${tier}: ${tierName}</h2>`)
    })

    test('stores what it prints, so that SQL answers the same', async () => {
      const statement = 'select tier, model, accuracy from tier_leaderboard order by tier, model'
      const { stdout, code } = await runIncumbent(place, 'db', 'query', statement, '--json')
      expect(code).toBe(0)
      const rows = JSON.parse(stdout) as { tier: number; model: string; accuracy: number }[]
      const expected = report.evaluations.flatMap(({ tier, runs }) => runs.map((run) => ({ tier, ...run })))
      expect(rows).toHaveLength(expected.length)
      for (const { tier, model, accuracy } of rows) {
        const run = expected.find((one) => one.tier === tier && one.model === model)
        expect(accuracy).toBeCloseTo(run?.accuracy ?? Number.NaN, 1)
      }
    })

    test('fills golden_dataset_jobs with the postings and their targets of all tiers', async () => {
      const statement = `select count(*) as jobs, count(tier1_expected_results) as one, count(tier2_expected_results) as two,
        count(tier3_expected_results) as three, count(verified_by) as verified from golden_dataset_jobs`
      const { stdout } = await runIncumbent(place, 'db', 'query', statement, '--json')
      const samples = report.evaluations[0]?.samples
      expect(JSON.parse(stdout)).toEqual([
        { jobs: samples, one: samples, two: samples, three: samples, verified: samples },
      ])
    })

    test('asked again, gives the same answers and the same scores', async () => {
      const again = JSON.parse((await runIncumbent(place, 'run', '--tier', '1', '--json')).stdout) as CycleReport
      const accuracies = ({ evaluations }: CycleReport) =>
        evaluations
          .filter(({ tier }) => tier === 1)
          .flatMap(({ runs }) => runs.map(({ model, accuracy }) => [model, accuracy]))
      expect(accuracies(again)).toEqual(accuracies(report))
    })

    test('recommends again from what is stored with the same verdict', async () => {
      const { stdout } = await runIncumbent(
        place,
        'recommend',
        '--evaluation',
        report.evaluations[1]?.id ?? '',
        '--json',
      )
      const [verdict] = JSON.parse(stdout) as { recommendation: unknown; reasoning: string }[]
      expect(verdict?.recommendation).toEqual(report.evaluations[1]?.recommendation)
      expect(verdict?.reasoning).toBe(report.evaluations[1]?.reasoning)
    })

    test('tells a person the same as the JSON, in a table', async () => {
      const { stdout, stderr } = await runIncumbent(place, 'run', '--tier', '2')
      expect(stdout).toContain('What to do:')
      expect(stdout).toMatch(/rules-thorough\s+baseline\s+\d+\.\d/)
      expect(stdout).toContain('report.md')
      expect(stderr).toContain('not tested: gemini-2.0-flash-001')
    })
  })
})

onEmbedded((databases) => {
  describe('incumbent run that cannot start', () => {
    const cwd = temporaryFolder()
    let place: Place

    beforeAll(async () => {
      place = { cwd, database: await databases.place() }
    })

    const wrong: [string, string[], string[]][] = [
      [
        'an unknown model, with the one that was meant',
        ['--models', 'rules-basics'],
        ['Unknown model "rules-basics"', '"rules-basic"'],
      ],
      ['a tier that the configuration does not have', ['--tier', '9'], ['1, 2, 3', 'got 9']],
      ['a version that does not exist', ['--dataset', 'v77'], ['v0', 'v77']],
      ['fewer than ten samples', ['--limit', '9'], ['at least 10', '9']],
      ['a dataset of another name', ['--dataset', 'other@v0'], ['other@v0', 'job-analysis']],
      ['a number that is none', ['--repeats', 'many'], ['whole number', 'many']],
      ['an option that does not exist', ['--teir', '1'], ['--tier']],
    ]
    for (const [what, argv, words] of wrong) {
      test(`exits 2 and names ${what}`, async () => {
        const { code, stdout, stderr } = await runIncumbent(place, 'run', ...argv)
        expect(code).toBe(2)
        expect(stdout).toBe('')
        for (const word of words) expect(stderr).toContain(word)
        expect(stderr).not.toContain('at async')
      })
    }

    test('exits 2 and names every wrong line of incumbent.yaml at once', async () => {
      writeFileSync(
        join(cwd, 'wrong.yaml'),
        'tiers:\n  1:\n    candidats: [a]\n  2:\n    weights: { accuracy: 1, speed: 1, cost: 1 }\n',
      )
      const { code, stderr } = await runIncumbent(place, '--config', 'wrong.yaml', 'run')
      expect(code).toBe(2)
      expect(stderr).toContain('wrong.yaml:3')
      expect(stderr).toContain('"candidates"')
      expect(stderr).toContain('wrong.yaml:5')
    })

    test('refuses a version whose content was changed after it was used, and says to make a next one', async () => {
      const shipped = join(import.meta.dirname, '../../golden-datasets/job-analysis')
      const { cpSync } = await import('node:fs')
      const own = join(cwd, 'golden-datasets/job-analysis')
      cpSync(shipped, own, { recursive: true })
      expect((await runIncumbent(place, 'run', '--tier', '1', '--dataset', 'v0', '--json')).code).toBe(0)
      const samples = join(own, 'v0/samples.jsonl')
      writeFileSync(samples, readFileSync(samples, 'utf8').replace('"title":"', '"title":"Very '))
      const { code, stderr } = await runIncumbent(place, 'run', '--tier', '1', '--dataset', 'v0')
      expect(code).toBe(2)
      expect(stderr).toContain('job-analysis@v0 is not what it was')
      expect(stderr).toContain('next version')
    })

    test('an error in a line of the golden data names file and line, and nothing is asked', async () => {
      const targets = join(cwd, 'golden-datasets/job-analysis/tier1/targets.v0.jsonl')
      writeFileSync(targets, `${readFileSync(targets, 'utf8')}{"key": "broken"\n`)
      const { code, stderr } = await runIncumbent(place, 'run', '--tier', '1', '--dataset', 'v0')
      expect(code).toBe(2)
      expect(stderr).toMatch(/targets\.v0\.jsonl:13/)
      expect(existsSync(join(cwd, 'reports'))).toBe(true)
    })
  })
})
