import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { baselineAccuracy, baselines } from './baseline-answers.ts'
import { folder, labelledSamples, tiers, versions } from './golden-data.ts'

interface Salary {
  min: number | null
  max: number | null
  currency: string | null
  period: string | null
}

const readme = readFileSync(join(folder, 'README.md'), 'utf8')

/** The rows of the table between `<!-- name: … -->` and `<!-- end of name -->`. */
function tableRows(name: string): string[] {
  const [, part = ''] = new RegExp(`<!-- ${name}: .*-->([\\s\\S]*?)<!-- end of ${name} -->`).exec(readme) ?? []
  return part
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .slice(2)
}

describe('the README of the dataset', () => {
  test.each(versions)('shows every posting of %s as it is', (version) => {
    expect(tableRows(version)).toEqual(sampleRows(version))
  })

  test('shows what the baselines reach on v0', async () => {
    const rows: string[] = []
    for (const model of baselines) {
      const accuracies: string[] = []
      for (const tier of tiers) accuracies.push((await baselineAccuracy(model, 'v0', tier)).toFixed(1))
      rows.push(row(model, ...accuracies))
    }
    expect(tableRows('baselines')).toEqual(rows)
  })

  test('has a rule for every field that is scored, and defines every red flag', () => {
    for (const name of [
      'top_skills',
      'is_authentic',
      'industry',
      'salary_range.min',
      'job_type',
      'work_arrangement',
      'seniority',
    ]) {
      expect(readme).toContain(name)
    }
    for (const { target } of labelledSamples('v0', 2)) {
      for (const { flag } of (target as unknown as { red_flags: { flag: string }[] }).red_flags) {
        expect(readme).toContain(`| \`${flag}\` |`)
      }
    }
  })
})

function sampleRows(version: string): string[] {
  const flagCounts = labelledSamples(version, 2).map(({ target }) => (target.red_flags as unknown[]).length)
  return labelledSamples(version, 1).map(({ sample, target }, index) => {
    const core = target as unknown as {
      authenticity_check: { is_authentic: boolean }
      structured_data: { salary_range: Salary }
    }
    return row(
      sample.key,
      sample.category ?? '',
      sample.complexity ?? '',
      String((sample.input.text as string).split(/\s+/).length),
      core.authenticity_check.is_authentic ? 'yes' : 'no',
      pay(core.structured_data.salary_range),
      String(flagCounts[index]),
    )
  })
}

function pay({ min, max, currency, period }: Salary): string {
  if (min === null && max === null) return 'not stated'
  const figures = min === max ? `${min}` : `${min === null ? 'up to' : min}${max === null ? ' and more' : `–${max}`}`
  return `${figures} ${currency} a ${period}`.replace('a hour', 'an hour')
}

function row(...cells: string[]): string {
  return `| ${cells.join(' | ')} |`
}
