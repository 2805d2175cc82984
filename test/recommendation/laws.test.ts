import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { analyse } from '../../src/analysis/analyse.ts'
import { recommend } from '../../src/recommendation/recommend.ts'
import { expectClose } from '../analysis/decision-fixtures.ts'
import { arbitraryRecords } from './arbitrary-records.ts'

const pair = arbitraryRecords(['A', 'B'])
const three = arbitraryRecords(['A', 'B', 'C'])

describe('laws of the verdict', () => {
  test('the order of the records does not matter', () => {
    const shuffled = three.chain((records) =>
      fc
        .shuffledSubarray([...records.records], { minLength: records.records.length })
        .map((mixed) => ({ records, mixed })),
    )
    fc.assert(
      fc.property(shuffled, ({ records, mixed }) => {
        const other = { ...records, records: mixed }
        expectClose(recommend(other), recommend(records))
        expectClose(analyse(other), analyse(records))
      }),
    )
  })

  test('a third model changes nothing about a pair, except that the level is divided among more challengers', () => {
    fc.assert(
      fc.property(three, (records) => {
        const alone = { ...records, records: records.records.filter(({ model }) => model !== 'C') }
        const [withoutThird] = recommend(alone).comparisons
        const withThird = recommend(records).comparisons.find(({ model }) => model === 'B')
        // `challengers` is 5 in both, so that the level is the same too; a failing incumbent compares nobody.
        expect(withThird).toEqual(withoutThird)
      }),
    )
  })

  test('a model is never replaced by its own copy, and is as likely to be the best', () => {
    fc.assert(
      fc.property(arbitraryRecords(['A']), (records) => {
        const copies = records.records.map((record) => ({ ...record, model: 'copy' }))
        const { decision, comparisons } = recommend({ ...records, records: [...records.records, ...copies] })
        expect(['keep', 'invalid_run', 'insufficient_data']).toContain(decision)
        for (const { delta, flags } of comparisons) {
          if (!flags.some((flag) => flag.endsWith('worst_case'))) expect(delta).toBeCloseTo(0, 9)
        }
      }),
    )
  })

  test('a missing value never helps a challenger', () => {
    fc.assert(
      fc.property(pair, (records) => {
        const complete = records.records.map((record) => ({
          ...record,
          latencyMs: record.latencyMs ?? 2000,
          costUsd: 0.004,
        }))
        const partial = complete.map((record) =>
          record.model === 'B' && record.repeat === 1 ? { ...record, costUsd: null } : record,
        )
        const [known] = recommend({ ...records, records: complete }).comparisons
        const [unknown] = recommend({ ...records, records: partial }).comparisons
        if (known?.delta === undefined || unknown?.delta === undefined) return
        expect(unknown.delta).toBeLessThanOrEqual(known.delta + 1e-9)
      }),
    )
  })

  test('the shares of being the best add up to 1', () => {
    fc.assert(
      fc.property(three, (records) => {
        const { pBest, pBestEligible } = recommend(records)
        for (const shares of [pBest, pBestEligible]) {
          const sum = Object.values(shares).reduce((total, share) => total + share, 0)
          if (Object.keys(shares).length > 0) expect(sum).toBeCloseTo(1, 9)
        }
      }),
    )
  })

  test('a model of which every call failed is never the target of a change', () => {
    fc.assert(
      fc.property(three, (records) => {
        const broken = records.records.map((record) => (record.model === 'A' ? record : { ...record, ok: false }))
        expect(recommend({ ...records, records: broken }).target).toBe('A')
      }),
    )
  })
})
