import { describe, expect, test } from 'vitest'
import type { WatchedCall } from '../../src/rollout/drift-means.ts'
import { watchIncumbent } from '../../src/rollout/watch-incumbent.ts'

const items = Array.from({ length: 60 }, (_, index) => `item ${index}`)

/** A run in which so many of the items are wrong. */
function run(wrong: number, faults = 0): WatchedCall[] {
  return items.map((item, index) => ({
    item,
    accuracy: index < wrong ? 0 : 100,
    isProviderFault: index >= items.length - faults,
  }))
}

const none = { retest: [], floor: null }
const four = [run(5), run(5), run(5), run(5), run(50)]

describe('the watch over an incumbent', () => {
  test('has nothing to hold a first run against', () => {
    expect(watchIncumbent({ ...none, run: run(50), earlier: [] })).toMatchObject({
      status: 'unwatched',
      isRetestDue: false,
    })
  })

  test('tells of a loss before four runs exist, and decides nothing even with a re-test', () => {
    const watch = { ...none, run: run(20), earlier: four.slice(0, 3) }
    expect(watchIncumbent(watch)).toMatchObject({ status: 'suspect', isRetestDue: false, baselineRuns: 3 })
    expect(watchIncumbent({ ...watch, retest: run(20) }).status).not.toBe('rollback')
  })

  test('asks for a fresh re-test, which confirms the loss or clears the incumbent', () => {
    const watch = { ...none, run: run(20), earlier: four }
    expect(watchIncumbent(watch)).toMatchObject({ status: 'suspect', isRetestDue: true, baselineRuns: 4 })
    expect(watchIncumbent({ ...watch, retest: run(20) })).toMatchObject({ status: 'rollback', isRetestDue: false })
    expect(watchIncumbent({ ...watch, retest: run(5) })).toMatchObject({ status: 'cleared', isRetestDue: false })
  })

  test('decides nothing where more than 5 % of the calls of either run failed for the provider', () => {
    const watch = { ...none, run: run(20), earlier: four }
    expect(watchIncumbent({ ...watch, run: run(20, 4) })).toMatchObject({ status: 'incident', isRetestDue: false })
    expect(watchIncumbent({ ...watch, retest: run(20, 4) })).toMatchObject({
      status: 'incident',
      incident: { providerFaults: 4, calls: 60 },
    })
  })

  test('an accuracy a little below the floor is not below it until a test says so', () => {
    const floor = 100 * (1 - 21 / 60)
    expect(watchIncumbent({ ...none, floor, run: run(21), earlier: [] }).status).toBe('steady')
    expect(watchIncumbent({ ...none, floor, run: run(23), earlier: [] }).status).toBe('steady')
    const far = watchIncumbent({ ...none, floor, run: run(35), earlier: [] })
    expect(far).toMatchObject({ status: 'suspect', isRetestDue: true })
    expect(watchIncumbent({ floor, run: run(35), retest: run(35), earlier: [] }).status).toBe('rollback')
  })
})
