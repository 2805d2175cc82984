import { describe, expect, test } from 'vitest'
import { abResult } from '../../../src/rollout/live/ab-result.ts'
import { emptyTally, type Tally } from '../../../src/rollout/live/count-observation.ts'
import { mulberry32 } from '../../../src/shared/mulberry32.ts'

function errorsOf(challenger: Partial<Tally>, incumbent: Partial<Tally>, share = 0.2) {
  const arms = { challenger: { ...emptyTally, ...challenger }, incumbent: { ...emptyTally, ...incumbent } }
  return abResult(arms, share)[0]
}

/** Whether a difference is shown at any of the looks, one every 20 requests. */
function isEverShown(seed: number, rates: { challenger: number; incumbent: number }, requests = 4000): string {
  const random = mulberry32(seed)
  const arms = { challenger: { ...emptyTally }, incumbent: { ...emptyTally } }
  for (let request = 1; request <= requests; request += 1) {
    const arm = random() < 0.2 ? 'challenger' : 'incumbent'
    arms[arm].n += 1
    if (random() < rates[arm]) arms[arm].errors += 1
    const verdict = request % 20 === 0 ? abResult(arms, 0.2)[0]?.verdict : undefined
    if (verdict !== undefined && verdict !== 'not-shown') return verdict
  }
  return 'not-shown'
}

const seeds = Array.from({ length: 200 }, (_, index) => index + 1)

describe('the result of an A/B test', () => {
  test('has rates with intervals per arm', () => {
    const result = errorsOf({ n: 200, errors: 2 }, { n: 800, errors: 8 })
    expect(result?.arms.challenger).toMatchObject({ events: 2, n: 200, rate: 0.01 })
    const [low, high] = result?.arms.challenger?.interval ?? [1, 0]
    expect(low).toBeLessThan(0.01)
    expect(high).toBeGreaterThan(0.01)
    expect(result?.verdict).toBe('not-shown')
    expect(errorsOf({}, {})).toMatchObject({ arms: { challenger: null, incumbent: null }, verdict: 'not-shown' })
  })

  test('names who is better, whichever it is', () => {
    expect(errorsOf({ n: 200, errors: 20 }, { n: 800, errors: 8 })?.verdict).toBe('challenger-worse')
    expect(errorsOf({ n: 1000, errors: 1 }, { n: 4000, errors: 80 })?.verdict).toBe('challenger-better')
  })

  test('finds a difference between equal arms in at most 5 % of the tests, looked at 200 times each', () => {
    const shown = seeds.filter((seed) => isEverShown(seed, { challenger: 0.03, incumbent: 0.03 }) !== 'not-shown')
    expect(shown.length / seeds.length).toBeLessThanOrEqual(0.05)
  })

  test('finds three times as many failures nearly always', () => {
    const found = seeds.filter(
      (seed) => isEverShown(seed, { challenger: 0.09, incumbent: 0.03 }) === 'challenger-worse',
    )
    expect(found.length / seeds.length).toBeGreaterThan(0.95)
  })
})
