import { describe, expect, test } from 'vitest'
import { analyse } from '../../src/analysis/analyse.ts'
import { defaultSettings } from '../../src/analysis/decision-settings.ts'
import { isAbove, isBelow } from '../../src/analysis/statistics/tolerance.ts'
import type { MeasuredPair } from '../../src/recommendation/compare.ts'
import { judge } from '../../src/recommendation/judge.ts'
import { recommend } from '../../src/recommendation/recommend.ts'
import type { Recommendation } from '../../src/recommendation/recommendation.ts'
import { decisionFixture } from '../analysis/decision-fixtures.ts'

const { records, expected } = decisionFixture('01-clear-switch')
const [clear] = expected.recommendation.comparisons as MeasuredPair[]
const challenger = analyse(records).models.B

function judged(changes: Partial<MeasuredPair>, more: { look?: number; weeksSinceSwitch?: number } = {}) {
  if (clear === undefined || challenger === undefined) throw new Error('The fixture has no comparison.')
  const by = { settings: defaultSettings, challenger, look: 1, weeksSinceSwitch: null, ...more }
  return judge({ ...clear, ...changes }, by)
}

describe('what blocks a switch', () => {
  test('a clear win is blocked by nothing', () => {
    expect(judged({})).toMatchObject({ state: 'switch', blocked: [] })
  })

  test('a value on its threshold counts as on it, whatever floating point made of it', () => {
    expect(isBelow(6 / 300 - 1e-17, 0.02, 1e-9)).toBe(false)
    expect(isAbove(0.02 + 1e-10, 0.02, 1e-9)).toBe(false)
    const sixOf300 = 0.019999999999999997
    expect(judged({ failDelta: sixOf300, pFailWorse: 0.97 }).blocked).toEqual(['reliability_regression'])
    expect(judged({ delta: 1 - 1e-10 }).blocked).toEqual([])
    expect(judged({ deltaLowerSwitch: 1e-10 }).blocked).toEqual(['total_not_significantly_better'])
    expect(judged({ accuracyLower: -5 + 1e-10 }).blocked).toEqual(['accuracy_not_shown_non_inferior'])
    expect(judged({ coverage: 0.95 - 1e-12 }).blocked).toEqual([])
    expect(judged({ clustersEffective: 30 - 1e-12 }).blocked).toEqual([])
  })

  test('more failures by chance are no regression', () => {
    expect(judged({ failDelta: 0.03, pFailWorse: 0.9 }).blocked).toEqual([])
  })

  test('the fourth look is the last', () => {
    expect(judged({}, { look: 4 }).blocked).toEqual([])
    expect(judged({}, { look: 5 }).blocked).toEqual(['looks_exhausted'])
  })

  test('a seat rests for two weeks after a switch', () => {
    expect(judged({}, { weeksSinceSwitch: 1 }).blocked).toEqual(['cooldown'])
    expect(judged({}, { weeksSinceSwitch: 2 }).blocked).toEqual([])
  })

  test('an unlikely winner is dropped, but not because of a price that nobody entered', () => {
    const unlikely = { pBetter: 0.1, delta: -2, deltaLowerSwitch: -5 }
    expect(judged(unlikely).state).toBe('drop')
    expect(judged({ ...unlikely, flags: ['cost_missing_worst_case'] }).state).toBe('inconclusive')
    expect(judged({ ...unlikely, clusters: 29 }).state).toBe('inconclusive')
  })
})

describe('the gate on accuracy', () => {
  test('ten points worse never wins by being four times as fast and cheap', () => {
    const calls = (model: string, accuracy: number, factor: number) =>
      Array.from({ length: 100 }, (_, index) => ({
        item: `i${index}`,
        model,
        repeat: 0,
        ok: true,
        accuracy: accuracy + (index % 2 === 0 ? 10 : -10),
        latencyMs: 2000 / factor,
        costUsd: 0.004 / factor,
      }))
    const verdict: Recommendation = recommend({
      incumbent: 'A',
      refs: { latencyMs: 2000, costUsd: 0.004 },
      records: [...calls('A', 90, 1), ...calls('B', 80, 4)],
    })
    expect(verdict.decision).toBe('keep')
    expect(verdict.comparisons[0]).toMatchObject({ state: 'drop', blocked: ['accuracy_not_shown_non_inferior'] })
    expect(Number(verdict.comparisons[0]?.delta)).toBeGreaterThan(10)
  })
})
