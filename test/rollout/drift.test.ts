import { describe, expect, test } from 'vitest'
import { drift } from '../../src/rollout/drift.ts'
import { driftBaseline, driftMeans, type WatchedCall } from '../../src/rollout/drift-means.ts'
import { expectClose } from '../analysis/decision-fixtures.ts'
import { guardFixtures, itemMeans } from './guard-fixtures.ts'

const items = Array.from({ length: 40 }, (_, index) => `item ${index}`)
const all = (accuracy: number) => new Map(items.map((item) => [item, accuracy]))
/** A drop of 10 points on average. */
const worse = new Map(items.map((item, index) => [item, index % 2 === 0 ? 90 : 70]))

function call(item: string, more: Partial<WatchedCall> = {}): WatchedCall {
  return { item, accuracy: 80, isProviderFault: false, ...more }
}

describe('weekly drift of the incumbent', () => {
  test('it equals the reference implementation to 1e-9', () => {
    for (const { baseline, current, retest, out } of guardFixtures.drift) {
      const again = retest === null ? undefined : itemMeans(retest)
      expectClose(drift(itemMeans(baseline), itemMeans(current), again), out)
    }
  })

  test('a bad run alone makes suspect and never rolls back; a bad re-test does', () => {
    expect(drift(all(90), worse)).toMatchObject({ suspect: true, rollback: false })
    expect(drift(all(90), worse, all(90))).toMatchObject({ suspect: true, rollback: false, pooledDrop: 5 })
    expect(drift(all(90), worse, worse)).toMatchObject({ rollback: true, pooledDrop: 10 })
  })

  test('a drop that is certain and too small to matter rolls nothing back', () => {
    const slightly = all(88.5)
    expect(drift(all(90), slightly, slightly, undefined)).toMatchObject({ rollback: false })
  })

  test('fewer than 10 samples in common decide nothing', () => {
    const few = new Map([...worse].slice(0, 9))
    expect(drift(all(90), few)).toEqual({
      run: { drop: expect.any(Number), p: null, n: 9 },
      suspect: false,
      rollback: false,
    })
    expect(drift(all(90), new Map()).run).toEqual({ drop: null, p: null, n: 0 })
  })
})

describe('what drift is measured on', () => {
  test('calls that failed for a reason of the provider are left out, other failures count 0', () => {
    const calls = [
      ...items.map((item) => call(item)),
      call('item 0', { accuracy: 0 }),
      call('item 1', { isProviderFault: true, accuracy: 0 }),
    ]
    const run = driftMeans(calls)
    if (run.status !== 'measured') throw new Error('expected means')
    expect([run.means.get('item 0'), run.means.get('item 1')]).toEqual([40, 80])
  })

  test('with more than 5 % of such calls nothing is decided', () => {
    const faults = items.slice(0, 3).map((item) => call(item, { isProviderFault: true }))
    expect(driftMeans([...items.slice(3).map((item) => call(item)), ...faults])).toEqual({
      status: 'incident',
      providerFaults: 3,
      calls: 40,
    })
    expect(driftMeans([])).toEqual({ status: 'incident', providerFaults: 0, calls: 0 })
  })

  test('the baseline is the mean of the first four runs, and later ones do not move it', () => {
    const four = [all(80), all(84), all(88), all(92)]
    expect(driftBaseline(four.slice(0, 3))).toBeUndefined()
    expect(driftBaseline([...four, all(0)])?.get('item 7')).toBe(86)
  })
})
