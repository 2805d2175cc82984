import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createPlannedRecords } from '../../src/recommendation/planned-records.ts'

const samples = ['c', 'a', 'b']
const repeats = 2
const value = fc.option(fc.double({ noNaN: true, noDefaultInfinity: true }))

test('gives back the records of the first calls, whatever the order in which they came', () => {
  const measures = fc.record({ ok: fc.boolean(), accuracy: value, latencyMs: value, costUsd: value })
  const all = fc.array(measures, { minLength: 6, maxLength: 6 })
  fc.assert(
    fc.property(all, fc.shuffledSubarray([0, 1, 2, 3, 4, 5], { minLength: 6 }), fc.nat(6), (given, order, calls) => {
      const planned = given.map((measured, call) => ({
        item: samples[call % 3] ?? '',
        model: 'm',
        repeat: Math.floor(call / 3),
        cluster: call % 3 === 0 ? null : 'shared',
        ...measured,
      }))
      const records = createPlannedRecords('m', { samples, repeats })
      for (const call of order) {
        const record = planned[call]
        if (record !== undefined) records.set(call, record)
      }
      expect(records.first(calls)).toEqual(planned.slice(0, calls))
    }),
  )
})

test('knows which calls have a record', () => {
  const records = createPlannedRecords('m', { samples, repeats })
  records.set(4, { item: 'a', model: 'm', repeat: 1, ok: false })
  expect([0, 3, 4, 5, 6].filter((call) => records.has(call))).toEqual([4])
})
