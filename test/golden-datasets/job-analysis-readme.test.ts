import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { JsonObject } from '../../src/shared/json.ts'
import { currentReadme } from '../../src/workflows/dataset-readme.ts'
import { tableKinds } from '../../src/workflows/dataset-tables.ts'
import { folder, largeVersions, taskOf, tiers, versions } from './golden-data.ts'

const readme = readFileSync(join(folder, 'README.md'), 'utf8')

describe('the README of the dataset', () => {
  test('shows the data as it is: npx incumbent datasets describe job-analysis --write', async () => {
    const { before, after } = await currentReadme(folder)
    expect(before).toBe(after)
  })

  test('tells of every version what it holds, and of a large one how far its labels agree', () => {
    for (const version of versions) {
      const kinds = tableKinds.filter((kind) => readme.includes(`<!-- generated: ${kind} ${version} -->`))
      const expected = largeVersions.includes(version) ? tableKinds : ['samples', 'answers', 'baselines']
      expect(kinds, version).toEqual(expected)
    }
  })

  test('has a rule for every field that is scored, and defines every red flag', () => {
    const [, rules = ''] = readme.split('## Labelling rules')
    for (const tier of tiers) {
      for (const { path } of taskOf(tier).scoring) expect(rules).toContain(path.split('.').at(-1)?.replace('[]', ''))
    }
    const { properties } = taskOf(2).answerSchema as {
      properties: { red_flags: { items: { properties: JsonObject } } }
    }
    const { flag } = properties.red_flags.items.properties as { flag: { enum: string[] } }
    expect(flag.enum.length).toBeGreaterThanOrEqual(16)
    for (const name of flag.enum) expect(rules).toContain(`| \`${name}\` |`)
  })
})
