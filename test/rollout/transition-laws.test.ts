import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { completeRollout, type TierRollout } from '../../src/config/tier-rollout.ts'
import { isEnded, isOpen, isRunning, type Rollout, type RolloutState } from '../../src/rollout/rollout.ts'
import type { Transition } from '../../src/rollout/rollout-effect.ts'
import type { RolloutEvent } from '../../src/rollout/rollout-event.ts'
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

const day = fc.integer({ min: 0, max: 80 }).map((days) => daysAfter(days))
const epoch = fc.constantFrom('epoch-1', 'epoch-2')
const by = fc.constantFrom('manual:ada', 'manual:bob')
const anybody = fc.constantFrom('manual:ada', 'auto')
const reason = fc.constantFrom('a launch', 'complaints')
const model = fc.constantFrom(challenger, incumbent, 'gemini-1.5-pro')
const decision = fc.constantFrom('switch', 'recommend')
const target = fc.oneof(
  model.map((name) => ({ model: name })),
  fc.constant({ missing: 'nobody can' }),
)

const settings: fc.Arbitrary<TierRollout> = fc
  .record({
    policy: fc.constantFrom('auto', 'approve', 'recommend-only'),
    steps: fc.constantFrom<number[][]>([0.1], [0.05, 0.25, 0.5]),
  })
  .map((entry) => completeRollout(entry))

const from = fc.constantFrom({ stage: 'shadow' } as const, { stage: 'partial', share: 0.25, step: 0 } as const)
const waits = { since: daysAfter(0), until: daysAfter(14) }
const state: fc.Arbitrary<RolloutState> = fc.oneof(
  fc.constant({ stage: 'proposed', ...waits } as const),
  fc.constantFrom('evidence', 'switch', 'approval').map((waitsFor) => shadowState({ waitsFor })),
  fc.constantFrom(undefined, daysAfter(1)).map((splitBrokenSince) => partialState({ splitBrokenSince })),
  from.map((before) => ({ stage: 'incident', ...waits, from: before, reason: 'outage' }) as const),
  fc
    .record({ from, cause: fc.constantFrom('person', 'time-limit', 'pin'), isReminded: fc.boolean() })
    .map((overrides) => pausedState(overrides)),
  fc.constantFrom(fullState(), fullState({ alarmedAt: daysAfter(1) }), fullState({ tolerated: undefined })),
  fc.constant(fullState({ incident: { ...waits, reason: 'outage' } })),
  fc
    .constantFrom('rolled-back', 'rejected', 'superseded', 'finished')
    .map((stage) => ({ stage, since: daysAfter(0), reason: 'worse', by: 'auto', locksChallenger: false }) as const),
)

const baseline = exampleRollout().baseline
const challenge: fc.Arbitrary<Rollout> = fc
  .record({
    settings,
    state,
    verdict: decision,
    approvedBy: fc.constantFrom<Rollout['approvedBy'][]>(undefined, 'manual:ada'),
    confirmation: fc.constantFrom(undefined, 're-run'),
    baseline: fc.constantFrom(undefined, baseline),
  })
  .map((overrides) => exampleRollout(overrides))
const rollout: fc.Arbitrary<Rollout> = fc.oneof(
  challenge,
  challenge.map((one): Rollout => ({ ...one, kind: 'ab', verdict: 'ab', epoch: undefined, approvedBy: 'manual:ada' })),
)

/** Events that look at the rollout are made when it is known. */
type Making = (current: Rollout, now: Date) => RolloutEvent

const tally = fc
  .record({ n: fc.integer({ min: 0, max: 3000 }), bad: fc.double({ min: 0, max: 0.2, noNaN: true }) })
  .map(({ n, bad }) => ({ n, errors: Math.floor(n * bad), invalid: 0, slow: Math.floor(n * bad) }))

const step: fc.Arbitrary<Making> = fc
  .record({ challenger: tally, incumbent: tally, isOld: fc.boolean() })
  .map(({ isOld, ...tallies }) => (current, now) => {
    const running = isRunning(current.state) ? current : { ...current, state: shadowState() }
    return { ...lookAt(running, tallies, now), countsEpoch: current.countsEpoch - Number(isOld) }
  })

const other: fc.Arbitrary<Making> = fc
  .oneof(
    fc.record({ kind: fc.constant('approve'), by, reason, requestsPerDay: fc.constantFrom(undefined, 100) }),
    fc.record({ kind: fc.constantFrom('reject', 'abort'), by, reason }),
    fc.record({ kind: fc.constant('pause'), by, reason }),
    fc.record({ kind: fc.constant('roll-back'), by, reason, target }),
    fc.record({ kind: fc.constant('baseline-known'), baseline: fc.constant(baseline) }),
    fc.record({
      kind: fc.constant('verdict'),
      evaluationId: fc.constant('evaluation-2'),
      recommendationId: fc.constant('recommendation-2'),
      epoch,
      named: fc.option(fc.record({ model, decision }), { nil: undefined }),
      challenger: fc.constantFrom('switch', 'recommend', 'inconclusive', 'dropped', 'not-compared'),
    }),
    fc.record({
      kind: fc.constant('confirmed'),
      evaluationId: fc.constant('re-run'),
      epoch,
      liveRequests: fc.constantFrom(0, 5000),
    }),
    fc.record({
      kind: fc.constant('degraded'),
      source: fc.constantFrom('live', 'drift', 'retired'),
      finding: reason,
      target,
      mayRollBack: fc.boolean(),
      others: fc.constantFrom(undefined, { n: 20, errors: 19 }, { n: 20, errors: 0 }),
    }),
    fc.record({
      kind: fc.constant('holder-seen'),
      n: fc.constantFrom(0, 300),
      errors: fc.constantFrom(0, 0, 60),
      slow: fc.constantFrom(undefined, 0),
    }),
    fc.record({ kind: fc.constant('time-passed') }),
    fc.record({ kind: fc.constant('seat-changed'), model, by: anybody, reason }),
    fc.record({ kind: fc.constantFrom('pinned', 'unpinned'), by: anybody, reason }),
    fc.record({ kind: fc.constant('challenger-retired'), reason }),
  )
  .map((event) => () => event as RolloutEvent)

const making = fc.oneof({ arbitrary: step, weight: 2 }, { arbitrary: other, weight: 5 })

/** Follows a rollout through its events; each is given with what it made. */
function follow(
  start: Rollout,
  events: readonly (readonly [Making, Date])[],
  visit: (before: Rollout, event: RolloutEvent, result: Transition, now: Date) => void,
): void {
  let current = start
  for (const [make, now] of events) {
    const event = make(current, now)
    const result = transition(current, event, now)
    visit(current, event, result, now)
    if (result.status === 'moved') current = result.rollout
  }
}

const events = fc.array(fc.tuple(making, day), { maxLength: 25 })
const fresh = rollout.map((one): Rollout => ({ ...one, approvedBy: one.kind === 'ab' ? one.approvedBy : undefined }))

/** Where users meet the challenger. */
function serves({ stage }: RolloutState): boolean {
  return stage === 'partial' || stage === 'full'
}

function isByPerson(event: RolloutEvent): boolean {
  return 'by' in event && event.by.startsWith('manual:')
}

describe('whatever happens', () => {
  test('there is an answer of one sentence, for the state too', () => {
    fc.assert(
      fc.property(rollout, making, day, (start, make, now) => {
        const result = transition(start, make(start, now), now)
        expect(result.status === 'moved' ? result.sentence : result.reason).toMatch(/^\S.*\.$/)
        expect(stateSentence(result.status === 'moved' ? result.rollout : start)).toMatch(/^\S.*\.$/)
      }),
      { numRuns: 2000 },
    )
  })

  test('no challenger comes to users without a switch of its epoch or the word of a person', () => {
    fc.assert(
      fc.property(fresh, events, (start, happening) => {
        fc.pre(!serves(start.state) && !('from' in start.state))
        follow(start, happening, (before, event, result) => {
          if (result.status !== 'moved' || !serves(result.rollout.state) || serves(before.state)) return
          const { verdict, approvedBy, epoch: own } = result.rollout
          expect(verdict === 'switch' || approvedBy !== undefined).toBe(true)
          if (approvedBy !== undefined && approvedBy !== before.approvedBy) expect(isByPerson(event)).toBe(true)
          expect(own).toBe(start.epoch)
        })
      }),
      { numRuns: 1000 },
    )
  })

  test('a verdict of recommend becomes one of switch only by an evaluation of the same epoch', () => {
    fc.assert(
      fc.property(fresh, making, day, (start, make, now) => {
        const event = make(start, now)
        const result = transition(start, event, now)
        if (result.status !== 'moved' || result.rollout.verdict === start.verdict) return
        expect(event).toMatchObject({
          kind: 'verdict',
          epoch: start.epoch,
          named: { model: challenger, decision: 'switch' },
        })
      }),
      { numRuns: 2000 },
    )
  })

  test('with the policy approve no challenger comes to users without a person', () => {
    fc.assert(
      fc.property(fresh, events, (start, happening) => {
        fc.pre(start.settings.policy !== 'auto' && !serves(start.state) && !('from' in start.state))
        follow(start, happening, (_before, _event, result) => {
          if (result.status === 'moved' && serves(result.rollout.state)) {
            expect(result.rollout.approvedBy).toMatch(/^manual:/)
          }
        })
      }),
      { numRuns: 1000 },
    )
  })

  test('what has ended never moves', () => {
    fc.assert(
      fc.property(rollout, making, day, (start, make, now) => {
        fc.pre(isEnded(start.state))
        expect(transition(start, make(start, now), now).status).not.toBe('moved')
      }),
      { numRuns: 1000 },
    )
  })

  test('under a pin nothing comes closer to users and no seat moves by itself', () => {
    const pin = { model: incumbent, by: 'manual:ada', reason: 'a launch', at: daysAfter(0) }
    fc.assert(
      fc.property(rollout, making, day, (start, make, now) => {
        const event = make(start, now)
        // A pin that is taken away is one no more when that is told.
        fc.pre(!isByPerson(event) && event.kind !== 'unpinned')
        const result = transition({ ...start, pin }, event, now)
        if (result.status === 'refused') return
        expect(result.effects.every(({ kind }) => kind === 'alert')).toBe(true)
        if (result.status === 'held') return
        expect(result.rollout.countsEpoch).toBe(
          event.kind === 'time-passed' ? result.rollout.countsEpoch : start.countsEpoch,
        )
        const { stage } = result.rollout.state
        expect(stage === start.state.stage || !['shadow', 'partial', 'full'].includes(stage)).toBe(true)
      }),
      { numRuns: 3000 },
    )
  })

  test('whatever begins to count, counts from 0, and no counting comes back', () => {
    fc.assert(
      fc.property(fresh, events, (start, happening) => {
        follow(start, happening, (before, _event, result) => {
          if (result.status !== 'moved') return
          const { state: next, countsEpoch } = result.rollout
          expect(countsEpoch).toBeGreaterThanOrEqual(before.countsEpoch)
          if (!isRunning(next)) return
          const isAnew =
            !isRunning(before.state) || next.countsSince > before.state.countsSince || next.stage !== before.state.stage
          if (isAnew) expect(countsEpoch).toBe(before.countsEpoch + 1)
        })
      }),
      { numRuns: 1000 },
    )
  })

  test('an A/B test never takes the seat', () => {
    fc.assert(
      fc.property(fresh, events, (start, happening) => {
        fc.pre(
          start.kind === 'ab' &&
            isOpen(start.state) &&
            start.state.stage !== 'proposed' &&
            start.state.stage !== 'shadow',
        )
        follow(start, happening, (_before, _event, result) => {
          if (result.status === 'moved') expect(result.rollout.state.stage).not.toBe('full')
        })
      }),
      { numRuns: 500 },
    )
  })

  test('nothing waits for ever: when nobody says anything all that is open ends within 8 weeks', () => {
    fc.assert(
      fc.property(fresh, (start) => {
        fc.pre(isOpen(start.state))
        const weeks = Array.from({ length: 8 }, (_, week) => daysAfter(7 * (week + 1)))
        let current = start
        for (const now of weeks) {
          const result = transition(current, { kind: 'time-passed' }, now)
          if (result.status === 'moved') current = result.rollout
        }
        expect(isEnded(current.state)).toBe(true)
      }),
    )
  })
})
