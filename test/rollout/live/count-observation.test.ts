import { describe, expect, test } from 'vitest'
import { countObservation, emptyTally } from '../../../src/rollout/live/count-observation.ts'
import type { LiveObservation } from '../../../src/rollout/live/live-observation.ts'
import { rolloutCountsOf } from '../../../src/rollout/live/rollout-counts-of.ts'
import { talliesOf } from '../../../src/rollout/live/tallies-of.ts'
import {
  daysAfter,
  exampleObservation,
  exampleRollout,
  partialState,
  shadowState,
} from '../../support/example-rollout.ts'

const of = { rolloutId: 'one', countsEpoch: 3, stage: 'partial', arm: 'challenger' } as const

function counted(overrides: Partial<LiveObservation>) {
  return countObservation(exampleObservation({ ...of, ...overrides }))
}

const one = { ...emptyTally, n: 1 }

describe('an observation counts', () => {
  test('for its arm: answers, failures, broken schemas, slowness, disagreement', () => {
    expect(counted({})).toEqual({ arm: 'challenger', tally: one })
    expect(counted({ arm: 'incumbent', slow: true })).toEqual({ arm: 'incumbent', tally: { ...one, slow: 1 } })
    expect(counted({ invalid: true })?.tally).toEqual({ ...one, invalid: 1 })
    expect(counted({ disagrees: false })?.tally).toEqual({ ...one, compared: 1 })
    expect(counted({ disagrees: true })?.tally).toEqual({ ...one, compared: 1, disagree: 1 })
  })

  test('as slow too when it failed, however soon', () => {
    expect(counted({ outcome: 'failed', slow: false })?.tally).toEqual({ ...one, errors: 1, slow: 1 })
  })

  test('once a request: only the attempt that the split has chosen', () => {
    expect(counted({ attempt: 2 })).toBeUndefined()
    expect(counted({ arm: 'fallback' })).toBeUndefined()
    expect(counted({ arm: 'direct' })).toBeUndefined()
  })

  test('not when its client went away in good time, but when it had been slow by then', () => {
    expect(counted({ outcome: 'cancelled' })).toBeUndefined()
    expect(counted({ outcome: 'cancelled', slow: undefined })).toBeUndefined()
    expect(counted({ outcome: 'cancelled', slow: true })?.tally).toEqual({ ...one, slow: 1 })
  })

  test('for a rollout only, in the shadow or on part of the requests', () => {
    expect(counted({ rolloutId: undefined })).toBeUndefined()
    expect(counted({ stage: 'full' })).toBeUndefined()
    expect(counted({ stage: 'shadow' })).toBeDefined()
  })
})

test('a batch adds to each counting and arm once, in the same order whoever stores it', () => {
  const batch = [
    exampleObservation({ ...of, rolloutId: 'two' }),
    exampleObservation(of),
    exampleObservation({ ...of, arm: 'incumbent' }),
    exampleObservation({ ...of, outcome: 'failed' }),
    exampleObservation({ ...of, countsEpoch: 2 }),
    exampleObservation(),
  ]
  const additions = talliesOf(batch)
  expect(additions.map(({ rolloutId, countsEpoch, arm, tally }) => [rolloutId, countsEpoch, arm, tally.n])).toEqual([
    ['one', 2, 'challenger', 1],
    ['one', 3, 'challenger', 2],
    ['one', 3, 'incumbent', 1],
    ['two', 3, 'challenger', 1],
  ])
  expect(talliesOf(batch.toReversed())).toEqual(additions)
})

describe('what the guards are asked with', () => {
  const tallies = {
    incumbent: { ...emptyTally, n: 900, errors: 9, invalid: 1, slow: 45 },
    challenger: { ...emptyTally, n: 100, errors: 1, slow: 5, compared: 80, disagree: 20 },
  }

  test('has the hours since counting began, and the share of the stage', () => {
    const state = partialState({ share: 0.25 })
    const counts = rolloutCountsOf(exampleRollout(), state, tallies, daysAfter(1.5))
    expect(counts).toMatchObject({ stage: 'partial', hours: 36, share: 0.25, baseline: { n: 1000, errors: 5 } })
    expect(rolloutCountsOf(exampleRollout(), shadowState(), tallies, daysAfter(-1))).toMatchObject({
      hours: 0,
      share: 0.5,
    })
  })

  test('takes the incumbent of the stage for the baseline while there is none', () => {
    const { baseline } = rolloutCountsOf({ baseline: undefined }, shadowState(), tallies, daysAfter(1))
    expect(baseline).toEqual({ n: 900, errors: 9, invalid: 1 })
  })

  test('judges disagreement only where most answers can be compared and the golden samples say what is usual', () => {
    const golden = { k: 10, n: 100 }
    const counts = rolloutCountsOf(exampleRollout(), shadowState(), tallies, daysAfter(1), golden)
    expect(counts).toMatchObject({ canary: { disagree: 20 }, goldenDisagree: golden })
    const few = { ...tallies, challenger: { ...tallies.challenger, compared: 49 } }
    const unjudged = rolloutCountsOf(exampleRollout(), shadowState(), few, daysAfter(1), golden)
    expect(unjudged.canary).not.toHaveProperty('disagree')
    expect(unjudged).not.toHaveProperty('goldenDisagree')
  })
})
