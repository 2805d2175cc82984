import { beforeEach, describe, expect, test } from 'vitest'
import type { Tally, TallyArm } from '../../../../src/rollout/live/count-observation.ts'
import { emptyWatch } from '../../../../src/rollout/live/seat-watch.ts'
import { type Call, createLiveGuards, type LiveGuards } from '../../../../src/serving/gateway/traffic/live-guards.ts'
import type { TierRoute } from '../../../../src/workflows/rollout/tier-route.ts'
import { daysAfter } from '../../../support/example-rollout.ts'
import { exampleRoute, full, inPart, ofArm, recorded } from './examples.ts'

describe('the guards look at every request', () => {
  let calls: string[]
  let guards: LiveGuards
  beforeEach(() => {
    calls = []
    guards = createLiveGuards(
      () => daysAfter(2),
      ({ id }, why: Call) => calls.push(`${id} ${why}`),
    )
  })

  const route = exampleRoute({ rollout: inPart(0.1) })
  const id = route.rollout?.id ?? ''
  const failure = { outcome: 'failed', failureKind: 'overloaded' } as const
  const arms = (challenger: Partial<Tally>): Record<TallyArm, Tally> => {
    const none = { n: 0, errors: 0, invalid: 0, slow: 0, compared: 0, disagree: 0 }
    return { incumbent: { ...none, n: 1000 }, challenger: { ...none, ...challenger } }
  }
  const see = (times: number, overrides = {}, of: TierRoute = route) => {
    for (let time = 0; time < times; time += 1) guards.see(ofArm(of, 'challenger', overrides))
  }

  test('and call at the third failure in a row', () => {
    see(2, failure)
    expect(calls).toEqual([])
    see(1, failure)
    expect(calls).toEqual([`${id} alarm`])
  })

  test('and say nothing of a healthy challenger until it is proven', () => {
    see(299)
    expect(calls).toEqual([])
    see(1)
    expect(calls).toEqual([`${id} promotion`])
  })

  test('with what other processes have stored, and their own since', () => {
    guards.stored({ tallies: [{ rolloutId: id, countsEpoch: 0, arms: arms({ n: 299 }) }], watches: [] }, [])
    see(1)
    expect(calls).toEqual([`${id} promotion`])
  })

  test('and count what was not stored yet exactly once more', () => {
    const unstored = ofArm(route, 'challenger')
    guards.see(unstored)
    guards.stored({ tallies: [{ rolloutId: id, countsEpoch: 0, arms: arms({ n: 296 }) }], watches: [] }, [unstored])
    see(1)
    expect(calls).toEqual([])
    guards.stored({ tallies: [], watches: [] }, [unstored])
    see(1)
    expect(calls).toEqual([])
    see(1)
    expect(calls).toEqual([`${id} promotion`])
  })

  test('and forget what was counted before a new counting began', () => {
    see(2, failure)
    const later = exampleRoute({ rollout: { ...inPart(0.1), id, countsEpoch: 1 } })
    see(2, failure, later)
    expect(calls).toEqual([])
    guards.see(ofArm(route, 'challenger', failure))
    expect(calls).toEqual([])
    see(1, failure, later)
    expect(calls).toEqual([`${id} alarm`])
  })

  test('and call for the baseline when enough requests of the holder are known', () => {
    const without = exampleRoute({ rollout: inPart(0.1, { baseline: undefined }) })
    for (let request = 0; request < 499; request += 1) guards.see(ofArm(without, 'incumbent'))
    expect(calls).toEqual([])
    guards.see(ofArm(without, 'incumbent'))
    expect(calls).toEqual([`${without.rollout?.id} baseline`])
  })

  test('and watch the holder after it took the seat, also while another challenger is tried', () => {
    const brought = full()
    const watched = exampleRoute({ full: brought, rollout: inPart(0.1) })
    for (let request = 0; request < 20; request += 1) guards.see(ofArm(watched, 'incumbent', failure))
    expect(calls.filter((call) => call === `${brought.id} alarm`).length).toBeGreaterThan(0)
    expect(calls[0]).toBe(`${brought.id} alarm`)
  })

  test('and go on from the sums that other processes have stored', () => {
    const brought = full()
    const watched = exampleRoute({ full: brought })
    const watch = { ...emptyWatch(), error: { n: 500, events: 9, cusum: 9.1, highest: 9.1 } }
    guards.stored({ tallies: [], watches: [{ rolloutId: brought.id, countsEpoch: 0, watch }] }, [])
    guards.see(recorded({ ...failure }, watched))
    expect(calls).toEqual([`${brought.id} alarm`])
  })

  test('and tell their e-values', () => {
    see(2, failure)
    expect(guards.readings().get(id)?.error).toBeGreaterThan(0)
  })
})
