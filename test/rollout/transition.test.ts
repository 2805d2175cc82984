import { describe, expect, test } from 'vitest'
import { completeRollout } from '../../src/config/tier-rollout.ts'
import type { Tally } from '../../src/rollout/live/count-observation.ts'
import type { Rollout } from '../../src/rollout/rollout.ts'
import type { Transition } from '../../src/rollout/rollout-effect.ts'
import type { RolloutEvent, VerdictEvent } from '../../src/rollout/rollout-event.ts'
import { stateSentence } from '../../src/rollout/state-sentence.ts'
import { transition } from '../../src/rollout/transition.ts'
import {
  challenger,
  daysAfter,
  exampleRollout,
  fullState,
  incumbent,
  partialState,
  pausedState,
  shadowState,
} from '../support/example-rollout.ts'
import { lookAt } from '../support/rollout-looks.ts'

const ada = 'manual:ada'
const healthy = { n: 400, errors: 1, invalid: 1, slow: 20 }
const failing = { n: 60, errors: 12, invalid: 0, slow: 12 }

function then(result: Transition): Rollout {
  if (result.status !== 'moved') throw new Error(`${result.status}: ${result.reason}`)
  return result.rollout
}

function look(rollout: Rollout, tally: Partial<Tally>, control: Partial<Tally> = healthy, days = 2, perDay?: number) {
  return transition(
    rollout,
    lookAt(rollout, { challenger: tally, incumbent: control }, daysAfter(days), perDay),
    daysAfter(days),
  )
}

/** In proportion to the share of the challenger, so that the split is healthy. */
const others = { n: 3600, errors: 9, invalid: 9, slow: 180 }

const proposed = { stage: 'proposed', since: daysAfter(0), until: daysAfter(14) } as const
const approval = { kind: 'approve', by: ada, reason: undefined, requestsPerDay: 5000 } as const
const waiting = completeRollout({ policy: 'approve' })

function verdict(overrides: Partial<VerdictEvent>): VerdictEvent {
  return {
    kind: 'verdict',
    evaluationId: 'evaluation-2',
    recommendationId: 'recommendation-2',
    epoch: 'epoch-1',
    named: undefined,
    challenger: 'inconclusive',
    ...overrides,
  }
}

const says = (decision: 'switch' | 'recommend', model = challenger) => {
  return verdict({ named: { model, decision }, challenger: model === challenger ? decision : 'inconclusive' })
}

function holds(rollout: Rollout, event: RolloutEvent): string {
  const result = transition(rollout, event, daysAfter(2))
  if (result.status === 'moved') throw new Error(result.sentence)
  return `${result.status}: ${result.reason}`
}

describe('a healthy challenger', () => {
  test('goes from the shadow to part of the requests, and from there to the seat', () => {
    const partial = then(look(exampleRollout(), healthy))
    expect(partial.state).toMatchObject({ stage: 'partial', share: 0.1, step: 0, countsSince: daysAfter(2) })
    const result = look(partial, healthy, others, 4)
    expect(then(result).state).toMatchObject({ stage: 'full', evidence: 'live', tolerated: { error: 0.01 } })
    expect(result).toMatchObject({
      sentence: `${challenger} takes the seat of tier 1: its guards saw no sign of harm.`,
      effects: [
        { kind: 'assign', model: challenger, heldBy: incumbent },
        { kind: 'alert', severity: 'info' },
      ],
    })
  })

  test('takes one step after another, and every step counts from 0', () => {
    let rollout = exampleRollout({ settings: completeRollout({ steps: [0.05, 0.25, 0.5] }) })
    const epochs = [rollout.countsEpoch]
    for (const [index, share] of [0.05, 0.25, 0.5].entries()) {
      const before = rollout.state.stage === 'partial' ? rollout.state.share : 0.5
      rollout = then(look(rollout, healthy, { ...healthy, n: healthy.n * (1 / before - 1) }, 2 + 2 * index))
      expect(rollout.state).toMatchObject({ stage: 'partial', share, step: index })
      epochs.push(rollout.countsEpoch)
    }
    expect(epochs).toEqual([0, 1, 2, 3])
    expect(stateSentence(rollout)).toMatch(/answers 50.% of the requests of tier 1 \(step 3 of 3\)/)
  })

  test('waits for enough requests and hours, and the sentence says how many there are', () => {
    const seen = { ...healthy, n: 143 }
    expect(holds(exampleRollout(), lookAt(exampleRollout(), { challenger: seen }, daysAfter(3 / 8)))).toBe(
      'held: 143 of 200 requests and 9 of 24 hours in the shadow.',
    )
    expect(holds(exampleRollout(), lookAt(exampleRollout(), { challenger: seen }, daysAfter(25 / 24)))).toBe(
      'held: 143 of 200 requests and 25 hours in the shadow.',
    )
    const hurried = exampleRollout({ settings: completeRollout({ shadow: { hours: 0 } }) })
    expect(holds(hurried, lookAt(hurried, { challenger: seen }, daysAfter(3 / 8)))).toBe(
      'held: 143 of 200 requests in the shadow.',
    )
  })

  test('is not judged by requests that were counted before the stage began', () => {
    const early = lookAt(exampleRollout(), { challenger: healthy, incumbent: healthy }, daysAfter(2))
    const partial = then(transition(exampleRollout(), early, daysAfter(2)))
    expect(holds(partial, early)).toMatch(/counted before the stage began/)
  })

  test('gets a larger share where there is little traffic, so that its requests come in 7 days', () => {
    const shareAt = (perDay: number) => then(look(exampleRollout(), healthy, healthy, 2, perDay)).state
    expect(shareAt(5000)).toMatchObject({ share: 0.1 })
    expect(shareAt(200)).toMatchObject({ share: 0.22 })
    expect(shareAt(10)).toMatchObject({ share: 0.5 })
    const own = exampleRollout({ settings: completeRollout({ share: 0.05 }) })
    expect(then(look(own, healthy, healthy, 2, 10)).state).toMatchObject({ share: 0.05 })
  })
})

describe('a challenger that', () => {
  test('fails goes back at once, however few the requests, and is locked', () => {
    const result = look(exampleRollout({ state: partialState() }), failing, others, 0.1)
    expect(then(result).state).toMatchObject({
      stage: 'rolled-back',
      reason: expect.stringContaining('12 of 60 requests failed'),
      locksChallenger: true,
    })
    expect(result).toMatchObject({ effects: [{ kind: 'alert', severity: 'warning' }] })
  })

  test('still proves nothing after 2,000 requests goes back', () => {
    const middling = { n: 2000, errors: 32, invalid: 1, slow: 150 }
    const before = exampleRollout({ state: partialState() })
    expect(then(look(before, middling, { ...others, n: 18_000 })).state).toMatchObject({
      stage: 'rolled-back',
      reason: '2,000 requests did not prove that it is as good',
    })
  })

  test('suffers as the incumbent does is not blamed: everything waits until the incumbent is healthy again', () => {
    const down = { n: 200, errors: 100, invalid: 0, slow: 100 }
    const result = look(exampleRollout(), down, down, 1)
    const incident = then(result)
    expect(incident.state).toMatchObject({ stage: 'incident', from: { stage: 'shadow' } })
    expect(result).toMatchObject({ effects: [{ kind: 'alert', severity: 'critical' }] })
    const seen = (errors: number) => ({ kind: 'holder-seen', n: 200, errors, slow: 5 }) as const
    expect(holds(incident, seen(20))).toMatch(/20 of the newest 200 requests failed/)
    const again = then(transition(incident, seen(0), daysAfter(3)))
    expect(again.state).toEqual(shadowState({ since: daysAfter(3), countsSince: daysAfter(3), until: daysAfter(17) }))
    expect(again.countsEpoch).toBe(incident.countsEpoch + 1)
    expect(then(transition(incident, approval, daysAfter(3))).state.stage).toBe('shadow')
  })

  test('is not compared before the incumbent is known, and from then on counts from 0', () => {
    const unknown = exampleRollout({ baseline: undefined })
    const few = lookAt(unknown, { challenger: healthy, incumbent: { ...healthy, n: 430 } }, daysAfter(2))
    expect(holds(unknown, few)).toBe(
      'held: 430 of 500 requests of the incumbent are known: until then nothing is compared.',
    )
    const baseline = { n: 500, errors: 2, invalid: 2, slowMs: 800, slowFirstTokenMs: undefined }
    expect(holds(unknown, { kind: 'baseline-known', baseline: { ...baseline, n: 499 } })).toMatch(/499 of 500/)
    const known = then(transition(unknown, { kind: 'baseline-known', baseline }, daysAfter(3)))
    expect(known).toMatchObject({ baseline, countsEpoch: 1, state: { countsSince: daysAfter(3) } })
    expect(holds(known, { kind: 'baseline-known', baseline })).toMatch(/frozen/)
    expect(then(look(unknown, { n: 40, errors: 40, slow: 40 }, healthy, 0.1)).state.stage).toBe('rolled-back')
  })

  test('gets another share than was set is held, and people are told once', () => {
    const before = exampleRollout({ state: partialState() })
    const result = look(before, healthy, { ...others, n: 1000 })
    const broken = then(result)
    expect(result).toMatchObject({ effects: [{ kind: 'alert' }], sentence: expect.stringMatching(/29.% .* 10.%/) })
    expect(look(broken, healthy, { ...others, n: 1000 })).toMatchObject({ status: 'held', effects: [] })
    expect(then(look(broken, healthy, others)).state).toEqual(before.state)
  })
})

describe('a challenger that was only recommended', () => {
  const recommended = exampleRollout({ verdict: 'recommend' })
  const proven = then(look(recommended, healthy))

  test('stays in the shadow whatever its guards prove', () => {
    expect(proven.state).toMatchObject({ stage: 'shadow', waitsFor: 'switch', until: daysAfter(16) })
    expect(look(proven, { ...healthy, n: 100_000 }).status).toBe('held')
  })

  test('goes on with a switch of the same epoch', () => {
    const cleared = then(transition(proven, says('switch'), daysAfter(7)))
    expect(cleared).toMatchObject({ verdict: 'switch', evaluationId: 'evaluation-2' })
    expect(then(look(cleared, healthy, healthy, 8)).state.stage).toBe('partial')
  })

  test('does not go on with a switch of another epoch: that is another rollout', () => {
    const other = transition(proven, { ...says('switch'), epoch: 'epoch-2' }, daysAfter(7))
    expect(then(other).state).toMatchObject({ stage: 'superseded', reason: expect.stringContaining('has changed') })
  })

  test('is kept there by another recommendation', () => {
    expect(then(transition(proven, says('recommend'), daysAfter(7))).state).toEqual(proven.state)
  })

  test('is given up by an evaluation that names nobody, or another', () => {
    expect(then(transition(proven, verdict({}), daysAfter(7))).state).toMatchObject({
      stage: 'rejected',
      reason: 'evaluation evaluation-2 does not recommend it any more',
      locksChallenger: false,
    })
    const another = then(transition(proven, says('recommend', 'gemini-1.5-pro'), daysAfter(7)))
    expect(another.state).toMatchObject({ stage: 'superseded', reason: 'evaluation evaluation-2 names gemini-1.5-pro' })
  })

  test('is not given up by an evaluation that did not compare it', () => {
    expect(holds(proven, verdict({ challenger: 'not-compared' }))).toMatch(/did not compare/)
  })

  test('may be let on by a person, who is named', () => {
    const on = then(transition(proven, approval, daysAfter(7)))
    expect(on).toMatchObject({ state: { stage: 'partial' }, approvedBy: ada, verdict: 'recommend' })
  })
})

describe('a challenger that a switch has carried', () => {
  test('is not displaced by a weaker verdict, only by the switch to another or when it is dropped', () => {
    const partial = exampleRollout({ state: partialState() })
    expect(holds(partial, verdict({}))).toMatch(/does not take the switch back/)
    expect(holds(partial, says('recommend', 'gemini-1.5-pro'))).toMatch(/does not take the switch back/)
    const ends = (event: VerdictEvent) => then(transition(partial, event, daysAfter(7))).state.stage
    expect(ends(says('switch', 'gemini-1.5-pro'))).toBe('superseded')
    expect(ends(verdict({ challenger: 'dropped' }))).toBe('rejected')
  })
})

describe('with the policy approve', () => {
  const start = exampleRollout({ settings: waiting, state: proposed })

  test('a person is asked before the first copy and, last, before the first user', () => {
    const shadow = then(transition(start, approval, daysAfter(1)))
    expect(shadow).toMatchObject({ state: { stage: 'shadow' }, approvedBy: undefined })
    expect(holds(shadow, approval)).toMatch(/refused: .*has not proven itself.*asked last/)
    const asked = look(shadow, healthy, healthy, 3)
    expect(asked).toMatchObject({ effects: [{ kind: 'alert', severity: 'info' }] })
    expect(then(asked).state).toMatchObject({ waitsFor: 'approval', until: daysAfter(17) })
    const partial = then(transition(then(asked), approval, daysAfter(4)))
    expect(partial).toMatchObject({ state: { stage: 'partial', share: 0.1 }, approvedBy: ada })
    expect(then(look(partial, healthy, others, 6)).state.stage).toBe('full')
  })

  test('who waits for a person is still watched', () => {
    const asked = exampleRollout({ settings: waiting, state: shadowState({ waitsFor: 'approval' }) })
    expect(then(look(asked, failing, healthy, 0.1)).state.stage).toBe('rolled-back')
  })

  test('a proposal that nobody says anything to ends after 14 days, without a lock', () => {
    expect(transition(start, { kind: 'time-passed' }, daysAfter(13.9)).status).toBe('held')
    expect(then(transition(start, { kind: 'time-passed' }, daysAfter(14))).state).toMatchObject({
      stage: 'rejected',
      reason: 'nobody said anything in 14 days',
      locksChallenger: false,
    })
  })

  test('recommend-only shows the proposal, and lets a person start it', () => {
    const shown = { ...start, settings: completeRollout({ policy: 'recommend-only' }) }
    expect(stateSentence(shown)).toMatch(/set to recommend only: gemini-2.0-flash-001 stays unless a person approves/)
    expect(then(transition(shown, approval, daysAfter(1))).state.stage).toBe('shadow')
  })
})

describe('without live traffic', () => {
  const confirmed = { kind: 'confirmed', evaluationId: 're-run', epoch: 'epoch-1', liveRequests: 0 } as const

  test('a confirmed switch takes the seat at once', () => {
    const full = then(transition(exampleRollout(), confirmed, daysAfter(1)))
    expect(full).toMatchObject({
      state: { stage: 'full', evidence: 'no live traffic', tolerated: undefined },
      confirmation: 're-run',
    })
  })

  test('a person is asked first where the policy says so, and once', () => {
    const start = exampleRollout({ settings: waiting, state: proposed })
    const known = then(transition(start, confirmed, daysAfter(1)))
    expect(stateSentence(known)).toMatch(/who would give it the seat at once, as there is no live traffic/)
    expect(then(transition(known, approval, daysAfter(2)))).toMatchObject({ state: { stage: 'full' }, approvedBy: ada })
    const inShadow = then(transition(exampleRollout({ settings: waiting }), confirmed, daysAfter(1)))
    expect(then(transition(inShadow, approval, daysAfter(2))).state.stage).toBe('full')
  })

  test('only a switch of the epoch can be confirmed, and only while there is hardly any traffic', () => {
    expect(holds(exampleRollout({ verdict: 'recommend' }), confirmed)).toMatch(/confirms no switch/)
    expect(holds(exampleRollout(), { ...confirmed, epoch: 'epoch-2' })).toMatch(/confirms no switch/)
    expect(holds(exampleRollout(), { ...confirmed, liveRequests: 1200 })).toMatch(/live evidence decides/)
  })
})

describe('the model that took the seat', () => {
  const seated = exampleRollout({ state: fullState() })
  const degraded = {
    kind: 'degraded',
    source: 'live',
    finding: '40 of 300 requests failed',
    target: { model: incumbent },
    mayRollBack: true,
    others: undefined,
  } as const

  test('gives it back when it becomes worse, and is locked', () => {
    const result = transition(seated, degraded, daysAfter(30))
    expect(then(result).state).toMatchObject({ stage: 'rolled-back', locksChallenger: true })
    expect(result).toMatchObject({
      effects: [
        { kind: 'roll-back', to: incumbent, heldBy: challenger },
        { kind: 'alert', severity: 'critical' },
      ],
    })
  })

  test('keeps it where can_auto_rollback is false, nobody can take it or it is pinned, and people are told once', () => {
    const pin = { model: challenger, by: ada, reason: 'a launch', at: daysAfter(1) }
    const cases = [
      [seated, { ...degraded, mayRollBack: false }, /can_auto_rollback of the seat is false/],
      [seated, { ...degraded, target: { missing: 'no other model held the seat before' } }, /no other model held/],
      [{ ...seated, pin }, degraded, /ada has pinned the seat/],
    ] as const
    for (const [rollout, event, words] of cases) {
      const result = transition(rollout, event, daysAfter(30))
      expect(result).toMatchObject({ sentence: expect.stringMatching(words), effects: [{ kind: 'alert' }] })
      expect(transition(then(result), event, daysAfter(31))).toMatchObject({ status: 'held', effects: [] })
    }
  })

  test('that is gone gives it away also where can_auto_rollback is false', () => {
    const retired = { ...degraded, source: 'retired', finding: 'its provider retired it', mayRollBack: false } as const
    expect(then(transition(seated, retired, daysAfter(30))).state.stage).toBe('rolled-back')
  })

  test('keeps it in an outage of everybody, and is watched anew when that is over', () => {
    const outage = { ...degraded, others: { n: 10, errors: 9 } }
    const incident = then(transition(seated, outage, daysAfter(30)))
    expect(incident.state).toMatchObject({ stage: 'full', incident: { since: daysAfter(30) } })
    expect(holds(incident, outage)).toMatch(/There is an incident/)
    const over = then(transition(incident, { kind: 'holder-seen', n: 300, errors: 1, slow: undefined }, daysAfter(30)))
    expect(over).toEqual({ ...seated, countsEpoch: seated.countsEpoch + 1 })
    expect(then(transition(seated, { ...degraded, others: { n: 50, errors: 1 } }, daysAfter(30))).state.stage).toBe(
      'rolled-back',
    )
  })

  test('is followed by the next one', () => {
    const taken = { kind: 'seat-changed', model: 'gemini-1.5-pro', by: 'auto', reason: 'verdict' } as const
    expect(then(transition(seated, taken, daysAfter(30))).state.stage).toBe('superseded')
    expect(holds(seated, { ...taken, model: challenger })).toMatch(/holds tier 1 since/)
  })
})

describe('people', () => {
  const partial = exampleRollout({ state: partialState({ share: 0.25, step: 1 }) })

  test('pause a rollout and let it go on where it was, with new counts', () => {
    const paused = then(transition(partial, { kind: 'pause', by: ada, reason: 'a launch' }, daysAfter(1)))
    expect(stateSentence(paused)).toMatch(
      /^ada paused the rollout .*: a launch; gemini-2.0-flash-001 answers every request/,
    )
    expect(holds(paused, { kind: 'pause', by: 'manual:bob', reason: 'r' })).toMatch(
      /refused: It is paused already, by ada/,
    )
    const on = then(transition(paused, approval, daysAfter(2)))
    expect(on).toMatchObject({ state: { stage: 'partial', share: 0.25, step: 1 }, countsEpoch: 1 })
  })

  test('reject a challenger for good, or only stop its rollout', () => {
    const reject = then(transition(partial, { kind: 'reject', by: ada, reason: 'too terse' }, daysAfter(1)))
    expect(reject.state).toMatchObject({
      stage: 'rejected',
      locksChallenger: true,
      reason: 'ada rejected it (too terse)',
    })
    const abort = then(transition(partial, { kind: 'abort', by: ada, reason: 'a launch' }, daysAfter(1)))
    expect(abort.state).toMatchObject({ stage: 'rejected', locksChallenger: false })
  })

  test('give the seat back, if there is somebody to take it', () => {
    const seated = exampleRollout({ state: fullState() })
    const back = { kind: 'roll-back', by: ada, reason: 'complaints', target: { model: incumbent } } as const
    expect(transition(seated, back, daysAfter(1))).toMatchObject({ effects: [{ kind: 'roll-back', to: incumbent }] })
    expect(holds(seated, { ...back, target: { missing: 'it is retired' } })).toMatch(/refused: .*because it is retired/)
    expect(then(transition(partial, back, daysAfter(1))).state.stage).toBe('rolled-back')
  })

  test('are told what happened meanwhile', () => {
    const ended = then(transition(partial, { kind: 'reject', by: 'manual:bob', reason: 'too terse' }, daysAfter(1)))
    expect(holds(ended, approval)).toMatch(/refused: .* was rejected for tier 1 on 2026-11-23: bob rejected it/)
    expect(holds(partial, approval)).toMatch(/refused: .*serves a part of the users of tier 1 already/)
  })

  test('pin a seat: what is on its way pauses until the pin is gone, and nothing moves by itself', () => {
    const pin = { model: incumbent, by: ada, reason: 'a launch', at: daysAfter(1) }
    const paused = then(transition(partial, { kind: 'pinned', by: ada, reason: 'a launch' }, daysAfter(1)))
    expect(paused.state).toMatchObject({ stage: 'paused', cause: 'pin' })
    const pinned = { ...paused, pin }
    expect(holds(pinned, approval)).toMatch(/refused: Tier 1 is pinned to gemini-2.0-flash-001 by ada \(a launch\)/)
    expect(holds(pinned, says('switch'))).toMatch(/held: Tier 1 is pinned/)
    const unpinned = { kind: 'unpinned', by: ada, reason: 'it is over' } as const
    expect(then(transition(paused, unpinned, daysAfter(2))).state).toMatchObject({ stage: 'partial', share: 0.25 })
    expect(holds(exampleRollout({ state: pausedState() }), unpinned)).toMatch(/ada paused/)
  })
})

describe('time', () => {
  const passed = { kind: 'time-passed' } as const

  test('brings what lacks traffic to a person: no rollback, no lock', () => {
    for (const state of [shadowState(), partialState()]) {
      const paused = transition(exampleRollout({ state }), passed, daysAfter(14))
      expect(then(paused).state).toMatchObject({ stage: 'paused', reason: 'too few requests came in 14 days' })
      expect(paused).toMatchObject({ effects: [{ kind: 'alert', severity: 'warning' }] })
    }
  })

  test('reminds of what is paused once, and then ends it', () => {
    const paused = exampleRollout({ state: pausedState() })
    const reminded = transition(paused, passed, daysAfter(14))
    expect(reminded).toMatchObject({ effects: [{ kind: 'alert' }] })
    expect(transition(then(reminded), passed, daysAfter(27)).status).toBe('held')
    expect(then(transition(then(reminded), passed, daysAfter(28))).state).toMatchObject({
      stage: 'rejected',
      locksChallenger: false,
    })
  })

  test('brings an incident that does not end to a person', () => {
    const from = { stage: 'partial', share: 0.1, step: 0 } as const
    const state = { stage: 'incident', since: daysAfter(0), until: daysAfter(14), from, reason: 'outage' } as const
    expect(then(transition(exampleRollout({ state }), passed, daysAfter(14))).state).toMatchObject({
      stage: 'paused',
      from,
    })
    const seat = fullState({ incident: { since: daysAfter(0), until: daysAfter(14), reason: 'outage' } })
    const told = transition(exampleRollout({ state: seat }), passed, daysAfter(14))
    expect(then(told).state).toMatchObject({ incident: undefined, alarmedAt: daysAfter(14) })
  })
})

describe('an A/B test', () => {
  const test20 = exampleRollout({
    kind: 'ab',
    verdict: 'ab',
    epoch: undefined,
    approvedBy: ada,
    state: partialState({ share: 0.2 }),
  })

  test('never takes the seat, is no matter of verdicts, and runs until its time is over', () => {
    expect(look(test20, healthy, { ...healthy, n: 1600 })).toMatchObject({
      status: 'held',
      reason: 'No sign of harm; an A/B test goes on until a person ends it.',
    })
    expect(holds(test20, verdict({ challenger: 'dropped' }))).toMatch(/ended by people only/)
    expect(look(test20, { n: 2000, errors: 32, slow: 150 }, { ...others, n: 8000 }).status).toBe('held')
    const over = then(transition(test20, { kind: 'time-passed' }, daysAfter(14)))
    expect(over.state).toMatchObject({ stage: 'finished', reason: 'it ran for 14 days' })
  })

  test('is rolled back by the same guards, without a lock', () => {
    expect(then(look(test20, failing, { ...healthy, n: 240 }, 0.1)).state).toMatchObject({
      stage: 'rolled-back',
      locksChallenger: false,
    })
  })
})

test('a challenger that its provider retires is out', () => {
  const retired = { kind: 'challenger-retired', reason: 'its provider does not know it any more' } as const
  expect(then(transition(exampleRollout(), retired, daysAfter(1))).state).toMatchObject({ stage: 'rejected' })
  expect(holds(exampleRollout({ state: fullState() }), retired)).toMatch(/holds tier 1/)
})
