import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { CycleReport } from '../src/reporting/cycle-report.ts'
import { duration, score } from '../src/shared/format-number.ts'

const root = resolve(import.meta.dirname, '..')
const pages = [
  'README.md',
  'CONTRIBUTING.md',
  'docs/configuration.md',
  'docs/cost.md',
  'docs/datasets.md',
  'docs/decisions.md',
  'docs/export.md',
  'docs/providers.md',
  'docs/rollout.md',
  'docs/sql.md',
  'golden-datasets/job-analysis/README.md',
]

describe.each(pages)('%s', (page) => {
  const text = readFileSync(join(root, page), 'utf8')

  test('links only to what exists', () => {
    const targets = Array.from(text.matchAll(/\]\((?!https?:|#)([^)#\s]+)/g), ([, target]) => target ?? '')
    expect(targets.filter((target) => !existsSync(join(root, dirname(page), target)))).toEqual([])
  })

  test('names only npm scripts that exist', () => {
    const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
      scripts: Record<string, string>
    }
    const named = Array.from(text.matchAll(/npm run ([\w:-]+)/g), ([, script]) => script ?? '')
    expect(named.filter((script) => scripts[script] === undefined)).toEqual([])
  })
})

test('the README shows the two commands, and CI runs exactly the second', () => {
  const readme = readFileSync(join(root, 'README.md'), 'utf8')
  expect(readme).toContain('npm ci && npx incumbent run')
  expect(readme).toContain('npm ci && npm test')
  expect(readFileSync(join(root, '.ci/run'), 'utf8')).toMatch(/^npm ci && npm test$/m)
})

const sample = JSON.parse(readFileSync(join(root, 'reports/sample/results.json'), 'utf8')) as CycleReport

test('the sample report is one that a cycle wrote', () => {
  expect(sample.evaluations).toHaveLength(3)
  expect(readFileSync(join(root, 'reports/sample/report.md'), 'utf8')).toMatch(/^# Model report/)
})

test('the figures of the README are those of the sample', () => {
  const lines = readFileSync(join(root, 'README.md'), 'utf8').split('\n')
  const [first] = sample.evaluations
  for (const { model, accuracy, latencyMs, scores } of first?.runs ?? []) {
    const line = lines.find((one) => one.startsWith(`${model} `))
    for (const figure of [score(accuracy), duration(latencyMs.p50), duration(latencyMs.p95), score(scores.total)]) {
      expect(line?.replaceAll('\u202f', ' ')).toContain(` ${figure.replaceAll('\u202f', ' ')} `)
    }
  }
})
