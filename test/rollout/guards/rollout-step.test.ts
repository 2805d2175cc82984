import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { mixtureLogE } from '../../../src/rollout/guards/mixture-log-e.ts'
import type { RolloutCounts } from '../../../src/rollout/guards/rollout-counts.ts'
import { rolloutStep } from '../../../src/rollout/guards/rollout-step.ts'

const healthy: RolloutCounts = {
  stage: 'partial',
  hours: 30,
  share: 0.1,
  canary: { n: 400, errors: 3, invalid: 2, slow: 20 },
  control: { n: 3600, errors: 30, slow: 180 },
  baseline: { n: 1000, errors: 9, invalid: 4 },
}

describe('what a stage of a rollout does', () => {
  test('a healthy canary is promoted after enough requests and hours, not before', () => {
    expect(rolloutStep(healthy).decision).toBe('promote')
    expect(rolloutStep({ ...healthy, hours: 23 }).decision).toBe('hold')
    expect(rolloutStep({ ...healthy, canary: { n: 299, errors: 1, invalid: 1, slow: 10 } }).decision).toBe('hold')
  })

  test('without a baseline to be measured against nothing is promoted, however good it looks', () => {
    const baseline = { n: 499, errors: 4, invalid: 2 }
    expect(rolloutStep({ ...healthy, baseline }).decision).toBe('hold')
    expect(rolloutStep({ ...healthy, baseline, canary: { ...healthy.canary, n: 5000 } }).decision).toBe('hold')
  })

  test('2,000 requests without proof end the rollout, with proof they never do', () => {
    const unproven = rolloutStep({ ...healthy, canary: { n: 2000, errors: 48, invalid: 2, slow: 100 } })
    expect([unproven.decision, unproven.alarms]).toEqual(['rollback', ['unproven']])
    const proven = rolloutStep({ ...healthy, hours: 2, canary: { n: 4000, errors: 20, invalid: 4, slow: 200 } })
    expect(proven.decision).toBe('hold')
  })

  test('a fault of the canary alone rolls back, the same fault on both arms is an incident', () => {
    const canary = { n: 100, errors: 20, invalid: 0, slow: 25 }
    expect(rolloutStep({ ...healthy, canary, control: { n: 900, errors: 9, slow: 50 } }).decision).toBe('rollback')
    expect(rolloutStep({ ...healthy, canary, control: { n: 900, errors: 180, slow: 225 } }).decision).toBe('incident')
  })

  test('answers that do not fit the schema are never an incident: the control does not answer for them', () => {
    const canary = { n: 100, errors: 20, invalid: 30, slow: 25 }
    const step = rolloutStep({ ...healthy, canary, control: { n: 900, errors: 180, slow: 225 } })
    expect([step.decision, step.alarms]).toEqual(['rollback', ['error', 'invalid', 'latency']])
  })

  test('one more error never makes a step kinder to the canary', () => {
    const kindness = { rollback: 0, hold: 1, promote: 2 }
    const errors = fc.integer({ min: 0, max: 100 })
    fc.assert(
      fc.property(errors, fc.integer({ min: 100, max: 2500 }), (count, n) => {
        // Without a control there are no incidents.
        const decide = (failed: number) =>
          rolloutStep({
            ...healthy,
            control: { n: 0, errors: 0 },
            canary: { n, errors: failed, invalid: 0, slow: failed },
          }).decision
        const [before, after] = [decide(count), decide(count + 1)]
        if (before === 'incident' || after === 'incident') throw new Error('an incident without a control')
        expect(kindness[after]).toBeLessThanOrEqual(kindness[before])
      }),
    )
  })

  test('under the tolerated rate the e-process is worth 1 on average, so that looking often costs nothing', () => {
    const p0 = 0.015
    const rest = 60
    let worth = 0
    let chance = (1 - p0) ** rest
    for (let events = 0; events <= rest; events += 1) {
      worth += chance * Math.exp(mixtureLogE(events, rest, p0))
      chance *= ((rest - events) / (events + 1)) * (p0 / (1 - p0))
    }
    expect(worth).toBeCloseTo(1, 9)
  })
})
