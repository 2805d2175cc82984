import { describe, expect, test } from 'vitest'
import { loadDatasetVersion } from '../../src/datasets/load-dataset-version.ts'
import { describeVersion } from '../../src/workflows/describe-datasets.ts'
import {
  coreTarget,
  folder,
  hasTag,
  type LabelledSample,
  labelledSamples,
  largeVersions,
  tagsOf,
} from './golden-data.ts'

/** Shares may be off by so much; more would be another dataset than the one that was asked for. */
const tolerance = 0.03

describe.each(largeVersions)('%s', (version) => {
  const stats = describeVersion(folder, version)
  const core = labelledSamples(version, 1)
  const flags = new Map(
    labelledSamples(version, 2).map(({ sample, target }) => [
      sample.key,
      (target as unknown as { red_flags: { flag: string }[] }).red_flags.map(({ flag }) => flag),
    ]),
  )
  const tagged = (tag: string) => core.filter((labelled) => hasTag(labelled, tag))
  const share = (samples: number | undefined) => (samples ?? 0) / stats.samples

  test('spreads over at least 16 categories, of which none decides', () => {
    expect(Object.keys(stats.categories).length).toBeGreaterThanOrEqual(16)
    for (const [category, samples] of Object.entries(stats.categories)) {
      expect(share(samples), category).toBeLessThanOrEqual(0.12)
    }
  })

  test('is 30 % simple, 45 % moderate and 25 % complex', () => {
    for (const [complexity, wanted] of Object.entries({ simple: 0.3, moderate: 0.45, complex: 0.25 })) {
      expect(Math.abs(share(stats.complexities[complexity]) - wanted), complexity).toBeLessThanOrEqual(tolerance)
    }
  })

  test('has a quarter of short, half of middle and a quarter of long postings, whatever their complexity', () => {
    const wanted = { 'under 150 words': 0.25, '150–449 words': 0.5, '450–999 words': 0.25 } as const
    for (const [length, expected] of Object.entries(wanted)) {
      const samples = stats.lengths[length as keyof typeof wanted]
      expect(Math.abs(share(samples) - expected), length).toBeLessThanOrEqual(tolerance)
    }
    for (const complexity of ['simple', 'moderate', 'complex']) {
      const own = core.filter(({ sample }) => sample.complexity === complexity)
      const lengths = own.map(({ sample }) => (sample.input.text as string).split(/\s+/).length)
      expect(Math.min(...lengths), `shortest ${complexity}`).toBeLessThan(150)
      expect(Math.max(...lengths), `longest ${complexity}`).toBeGreaterThan(450)
    }
  })

  test('says of every posting which country it is from, and at least a quarter is not from the USA', () => {
    for (const labelled of core) expect(tagsOf(labelled, 'country'), labelled.sample.key).toHaveLength(1)
    const abroad = core.filter((labelled) => !hasTag(labelled, 'country:US'))
    expect(share(abroad.length)).toBeGreaterThanOrEqual(0.25)
    expect(new Set(abroad.flatMap((labelled) => tagsOf(labelled, 'country'))).size).toBeGreaterThanOrEqual(10)
  })

  test('has at least 16 frauds by at least 7 patterns, a third of them subtle', () => {
    const frauds = core.filter((labelled) => !coreTarget(labelled).authenticity_check.is_authentic)
    expect(frauds.length).toBeGreaterThanOrEqual(16)
    for (const labelled of core) {
      expect(tagsOf(labelled, 'fraud').length, labelled.sample.key).toBe(frauds.includes(labelled) ? 1 : 0)
    }
    expect(new Set(frauds.flatMap((fraud) => tagsOf(fraud, 'fraud'))).size).toBeGreaterThanOrEqual(7)
    expect(tagged('subtle').length / frauds.length).toBeGreaterThanOrEqual(1 / 3)
    for (const subtle of tagged('subtle')) expect(frauds).toContain(subtle)
  })

  test('has at least 10 honest postings that look suspicious', () => {
    const honest = tagged('looks-suspicious')
    expect(honest.length).toBeGreaterThanOrEqual(10)
    for (const labelled of honest) expect(coreTarget(labelled).authenticity_check.is_authentic).toBe(true)
  })

  test('has at least 6 postings with instructions for software, all flagged', () => {
    const aimed = core.filter(({ sample }) => flags.get(sample.key)?.includes('text_aimed_at_software'))
    expect(aimed.length).toBeGreaterThanOrEqual(6)
    expect(tagged('injection').map(({ sample }) => sample.key)).toEqual(aimed.map(({ sample }) => sample.key))
  })

  test('has at least 100 quotes of red flags', () => {
    expect([...flags.values()].flat().length).toBeGreaterThanOrEqual(100)
  })

  test('has about a fifth of messy texts', () => {
    expect(Math.abs(share(tagged('messy').length) - 0.2)).toBeLessThanOrEqual(0.05)
  })

  test('has every kind of pay, and every tag of it agrees with the label', () => {
    const kinds = ['range', 'single', 'hourly', 'daily', 'monthly', 'yearly', 'up-to', 'ote', 'two-locations', 'none']
    for (const kind of kinds) expect(tagged(`pay:${kind}`).length, kind).toBeGreaterThan(0)
    for (const labelled of core) {
      const tags = tagsOf(labelled, 'pay')
      expect(tags, labelled.sample.key).toEqual(expect.arrayContaining(payTags(labelled, tags)))
    }
  })

  test('tells in notes what every posting is in the set for', () => {
    for (const { key, notes } of loadDatasetVersion(folder, version).samples) {
      expect(notes?.length ?? 0, key).toBeGreaterThan(20)
    }
  })
})

/** The tags that follow from the label. Where only on-target earnings are told there is no pay, and "ote" says so. */
function payTags(labelled: LabelledSample, tags: readonly string[]): string[] {
  const { min, max, period } = coreTarget(labelled).structured_data.salary_range
  const periods: Record<string, string> = {
    hour: 'hourly',
    day: 'daily',
    week: 'weekly',
    month: 'monthly',
    year: 'yearly',
  }
  const byPeriod = periods[period ?? '']
  return [...(byPeriod === undefined ? [] : [byPeriod]), shapeOf(min, max, tags)]
}

function shapeOf(min: number | null, max: number | null, tags: readonly string[]): string {
  if (min === null && max === null) return tags.includes('ote') ? 'ote' : 'none'
  if (min === null) return 'up-to'
  if (max === null) return 'from'
  return min === max ? 'single' : 'range'
}
