import { describe, expect, test } from 'vitest'
import { addTallies, countObservation, emptyTally } from '../../src/rollout/live/count-observation.ts'
import { isRunning, type Rollout } from '../../src/rollout/rollout.ts'
import { transition } from '../../src/rollout/transition.ts'
import { mulberry32 } from '../../src/shared/mulberry32.ts'
import { exampleTime } from '../support/example-evaluation.ts'
import { exampleObservation, exampleRollout, partialState } from '../support/example-rollout.ts'
import { lookAt } from '../support/rollout-looks.ts'

/** How requests go: rates of failures, of answers that break their schema, and of answers above the incumbent's p95. */
interface Health {
  errors: number
  invalid: number
  slow: number
}

const healthy: Health = { errors: 0.01, invalid: 0.01, slow: 0.05 }
const requestMs = 30_000

/** One partial rollout of 10 % over generated requests, looked at after every tenth of the challenger, until it moves. */
function carry(
  seed: number,
  health: { challenger: Health; incumbent: Health },
): { rollout: Rollout; requests: number } {
  const random = mulberry32(seed)
  const drawn = (arm: 'challenger' | 'incumbent') => {
    const { errors, invalid, slow } = health[arm]
    const isFailed = random() < errors
    return exampleObservation({
      arm,
      rolloutId: 'rollout',
      countsEpoch: 0,
      stage: 'partial',
      outcome: isFailed ? 'failed' : 'answered',
      invalid: !isFailed && random() < invalid,
      slow: random() < slow,
    })
  }
  const rollout = exampleRollout({ state: partialState(), baseline: baselineFrom(random) })
  const arms = { challenger: emptyTally, incumbent: emptyTally }
  for (let request = 1; ; request += 1) {
    const counted = countObservation(drawn(random() < 0.1 ? 'challenger' : 'incumbent'))
    if (counted === undefined) throw new Error('every generated request counts')
    arms[counted.arm] = addTallies(arms[counted.arm], counted.tally)
    const { n } = arms.challenger
    if (counted.arm !== 'challenger' || n % 10 !== 0) continue
    const now = new Date(exampleTime.getTime() + request * requestMs)
    const result = transition(rollout, lookAt(rollout, arms, now), now)
    if (result.status === 'moved' && !isRunning(result.rollout.state)) return { rollout: result.rollout, requests: n }
  }
}

function baselineFrom(random: () => number): Rollout['baseline'] {
  const requests = Array.from({ length: 1000 }, () => [random() < healthy.errors, random() < healthy.invalid])
  const count = (index: number) => requests.filter((request) => request[index] === true).length
  return { n: 1000, errors: count(0), invalid: count(1), slowMs: 900, slowFirstTokenMs: undefined }
}

function ends(challenger: Partial<Health>, incumbent: Partial<Health> = {}, runs = 100) {
  const health = { challenger: { ...healthy, ...challenger }, incumbent: { ...healthy, ...incumbent } }
  const carried = Array.from({ length: runs }, (_, index) => carry(1000 + index, health))
  const shareOf = (stage: string) => carried.filter(({ rollout }) => rollout.state.stage === stage).length / runs
  const median = carried.map(({ requests }) => requests).toSorted((a, b) => a - b)[runs / 2] ?? 0
  return { full: shareOf('full'), back: shareOf('rolled-back'), incident: shareOf('incident'), median }
}

/** The figures of decisions.md section 4, with the slack of its section 6.4 and of the few draws. */
describe('over generated requests, a challenger that', () => {
  test('is healthy takes the seat', () => {
    const { full, back, median } = ends({})
    expect(full).toBeGreaterThanOrEqual(0.97)
    expect(back).toBeLessThanOrEqual(0.02)
    expect(median).toBeLessThanOrEqual(450)
  })

  test('fails 5 % goes back, after some 200 of its own requests', () => {
    const { back, median } = ends({ errors: 0.05, slow: 0.09 })
    expect(back).toBeGreaterThanOrEqual(0.93)
    expect(median).toBeLessThanOrEqual(300)
  })

  test('fails 20 %, or breaks the schema in 5 %, goes back sooner', () => {
    const failing = ends({ errors: 0.2 })
    expect(failing).toMatchObject({ back: 1 })
    expect(failing.median).toBeLessThanOrEqual(60)
    expect(ends({ invalid: 0.05 }).back).toBeGreaterThanOrEqual(0.95)
  })

  test('is twice as slow goes back', () => {
    const { back, median } = ends({ slow: 0.4 })
    expect(back).toBe(1)
    expect(median).toBeLessThanOrEqual(80)
  })

  test('fails together with the incumbent is in an incident, and is not blamed', () => {
    for (const errors of [0.2, 0.6, 1]) {
      const { incident } = ends({ errors }, { errors })
      expect(incident).toBeGreaterThanOrEqual(0.98)
    }
  })
})
