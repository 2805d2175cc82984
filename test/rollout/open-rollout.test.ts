import { describe, expect, test } from 'vitest'
import { completeRollout } from '../../src/config/tier-rollout.ts'
import { type Opening, openAbTest, openRollout } from '../../src/rollout/open-rollout.ts'
import type { Rollout } from '../../src/rollout/rollout.ts'
import {
  challenger,
  daysAfter,
  exampleRollout,
  fullState,
  incumbent,
  partialState,
  shadowState,
} from '../support/example-rollout.ts'

const now = daysAfter(0)
const baseline = { n: 1000, errors: 5, invalid: 5, slowMs: 900, slowFirstTokenMs: undefined }
const grounds = { evaluationId: 'evaluation-1', recommendationId: 'recommendation-1', epoch: 'epoch-1' }
const isSwitch = { ...grounds, verdict: 'switch' } as const

function opening(overrides: Partial<Opening> = {}): Opening {
  const settings = completeRollout()
  return { id: 'new', tier: 1, incumbent, challenger, settings, baseline, pin: undefined, others: [], ...overrides }
}

function ended(overrides: Partial<Rollout>, locksChallenger: boolean): Rollout {
  const state = { stage: 'rolled-back', since: now, reason: 'worse', by: 'auto', locksChallenger } as const
  return exampleRollout({ state, ...overrides })
}

describe('a verdict', () => {
  test('opens the shadow by itself where the policy is auto, be it switch or recommend', () => {
    for (const verdict of ['switch', 'recommend'] as const) {
      const opened = openRollout(opening(), { ...grounds, verdict }, now)
      expect(opened).toMatchObject({
        status: 'opened',
        rollout: { ...grounds, verdict, kind: 'challenge', state: shadowState(), countsEpoch: 0, baseline },
        effects: [{ kind: 'alert', severity: 'info' }],
      })
    }
  })

  test('is only proposed with any other policy', () => {
    for (const policy of ['approve', 'recommend-only'] as const) {
      const opened = openRollout(opening({ settings: completeRollout({ policy }) }), isSwitch, now)
      expect(opened).toMatchObject({ rollout: { state: { stage: 'proposed', since: now, until: daysAfter(14) } } })
    }
  })

  test('opens without a baseline while too few requests of the incumbent are known', () => {
    const few = { ...baseline, n: 499 }
    expect(openRollout(opening({ baseline: few }), isSwitch, now)).toMatchObject({ rollout: { baseline: undefined } })
  })

  test('opens nothing on a pinned seat, beside an open rollout, or for the holder itself', () => {
    const pin = { model: incumbent, by: 'manual:ada', reason: 'a launch', at: now }
    const refusals = [
      [{ pin }, /^ada has pinned tier 1 .* \(a launch\); `npx incumbent unpin 1`/],
      [
        { others: [exampleRollout({ challenger: 'gemini-1.5-pro' })] },
        /^gemini-1.5-pro is in the shadow .*one rollout at a time/,
      ],
      [{ challenger: incumbent }, /holds tier 1 already/],
    ] as const
    for (const [overrides, reason] of refusals) {
      expect(openRollout(opening(overrides), isSwitch, now)).toEqual({
        status: 'refused',
        reason: expect.stringMatching(reason),
      })
    }
  })

  test('opens beside the rollout that brought the holder of the seat', () => {
    const others = [exampleRollout({ state: fullState(), challenger: incumbent, incumbent: 'gemini-1.5-pro' })]
    expect(openRollout(opening({ others }), isSwitch, now).status).toBe('opened')
  })

  test('does not open again, in the same epoch, what was rolled back or rejected', () => {
    const locked = openRollout(opening({ others: [ended({}, true)] }), isSwitch, now)
    expect(locked).toEqual({ status: 'refused', reason: expect.stringMatching(/locked since 2026-11-22 \(worse\)/) })
    for (const other of [ended({}, false), ended({ epoch: 'epoch-0' }, true), ended({ challenger: 'another' }, true)]) {
      expect(openRollout(opening({ others: [other] }), isSwitch, now).status).toBe('opened')
    }
  })
})

describe('a person', () => {
  const by = 'manual:ada'

  test('opens an A/B test, which gets its share at once, also of a locked model', () => {
    const opened = openAbTest(opening({ others: [ended({}, true)] }), { share: 0.2, by }, now)
    expect(opened).toMatchObject({
      status: 'opened',
      rollout: { kind: 'ab', verdict: 'ab', approvedBy: by, epoch: undefined, state: partialState({ share: 0.2 }) },
    })
  })

  test('opens none beside an open rollout or on a pinned seat', () => {
    const pin = { model: incumbent, by, reason: 'a launch', at: now }
    expect(openAbTest(opening({ others: [exampleRollout()] }), { share: 0.2, by }, now).status).toBe('refused')
    expect(openAbTest(opening({ pin }), { share: 0.2, by }, now).status).toBe('refused')
  })
})
