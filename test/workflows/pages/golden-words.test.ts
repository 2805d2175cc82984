import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { loadConfig } from '../../../src/config/config.ts'
import { goldenWords, isCheckedByPerson } from '../../../src/workflows/pages/golden-words.ts'
import { temporaryFolder } from '../../support/run-incumbent.ts'

const included = join(import.meta.dirname, '../../../golden-datasets')

/** The tiers as they are by default, on a copy of the included data in which targets came about in these words. */
function wordsWith(verifiedBy: (line: number) => string): string {
  const folder = temporaryFolder()
  cpSync(included, join(folder, 'golden-datasets'), { recursive: true })
  const data = join(folder, 'golden-datasets/job-analysis')
  for (const tier of readdirSync(data).filter((name) => name.startsWith('tier'))) {
    const path = join(data, tier, 'targets.v1.jsonl')
    const lines = readFileSync(path, 'utf8').trim().split('\n')
    const changed = lines.map((line, index) =>
      JSON.stringify({ ...(JSON.parse(line) as object), verified_by: verifiedBy(index) }),
    )
    writeFileSync(path, changed.join('\n'))
  }
  return goldenWords(loadConfig({ cwd: folder, environment: {} }))
}

test('the foot of the pages says that the included data is synthetic, and that no person has checked it', () => {
  const config = loadConfig({ cwd: temporaryFolder(), environment: {} })
  expect(goldenWords(config)).toBe('job-analysis@v1: 100 samples, synthetic, targets not checked by a person')
})

test('it says "checked by hand" only where a person stands for every target, and still that the data is synthetic', () => {
  expect(wordsWith(() => 'Ada (synthetic)')).toBe('job-analysis@v1: 100 samples, synthetic, targets checked by hand')
  expect(wordsWith((line) => (line === 0 ? 'Ada' : 'synthetic, not verified by a person'))).toContain(
    'targets partly checked by hand',
  )
})

test('words that say how a target was made are no person', () => {
  expect(['Ada', 'Ada (synthetic)'].every(isCheckedByPerson)).toBe(true)
  const made = ['synthetic, labelled twice by a language model', 'not verified', 'generated', null]
  expect(made.some(isCheckedByPerson)).toBe(false)
})

test('where no golden data can be read nothing is said of it', () => {
  const folder = temporaryFolder()
  writeFileSync(join(folder, 'incumbent.yaml'), 'tiers: { 1: { dataset: nowhere }, 2: none, 3: none }\n')
  expect(goldenWords(loadConfig({ cwd: folder, environment: {} }))).toBe('')
})
