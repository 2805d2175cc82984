import { expect, test } from 'vitest'
import { loadTierMaterial } from '../../src/workflows/tier-material.ts'
import { configOf } from '../config/config-folder.ts'

function version(dataset: string): string {
  const [tier] = configOf('').tiers
  if (tier === undefined) throw new Error('There is a first tier.')
  return loadTierMaterial(tier, { dataset, limit: undefined }).golden.version
}

test.each([
  ['v0', 'v0'],
  ['golden_v0', 'v0'],
  ['job-analysis@v0', 'v0'],
  ['job-analysis', 'v1'],
])('--dataset %s asks the samples of %s', (dataset, asked) => expect(version(dataset)).toBe(asked))

test('another dataset than the configured one is refused, with what to write', () => {
  expect(() => version('tickets@v1')).toThrow(/tier 1 is evaluated on "job-analysis"/)
  expect(() => version('tickets')).toThrow('Expected a version such as v1, golden_v1 or job-analysis@v1, got "tickets"')
})
