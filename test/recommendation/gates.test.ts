import { describe, expect, test } from 'vitest'
import { analyse } from '../../src/analysis/analyse.ts'
import { settingsOf } from '../../src/analysis/decision-settings.ts'
import { gatesOf } from '../../src/recommendation/gates.ts'
import { gateWords } from '../../src/recommendation/reasoning/gate-words.ts'
import { recommend } from '../../src/recommendation/recommend.ts'
import { type BlockingReason, blockingReasons } from '../../src/recommendation/recommendation.ts'
import { decisionFixture, fixtureNames } from '../analysis/decision-fixtures.ts'

function judged(name: string) {
  const { records } = decisionFixture(name)
  const settings = settingsOf(records)
  const { models } = analyse(records)
  return recommend(records).comparisons.map((comparison) => {
    const challenger = models[comparison.model]
    if (challenger === undefined) throw new Error(`${comparison.model} was compared and has no analysis.`)
    const judging = { settings, challenger, weeksSinceSwitch: records.weeksSinceSwitch ?? null }
    return { comparison, settings, gates: gatesOf(comparison, judging) }
  })
}

/** Whether the figure of a gate is on the right side of its limit; undefined for gates that have a second condition. */
const isInside: Partial<Record<BlockingReason, (value: number, limit: number) => boolean>> = {
  too_few_items: (value, limit) => value >= limit - 1e-9,
  too_few_items_for_switch: (value, limit) => value >= limit - 1e-9,
  low_coverage: (value, limit) => value >= limit - 1e-9,
  looks_exhausted: (value, limit) => value <= limit,
  total_not_significantly_better: (value, limit) => value > limit + 1e-9,
  gain_below_min_delta: (value, limit) => value >= limit - 1e-9,
  accuracy_not_shown_non_inferior: (value, limit) => value > limit + 1e-9,
  p95_above_slo: (value, limit) => value <= limit + 1e-9,
  cooldown: (value, limit) => value >= limit - 1e-9,
}

describe('the gates of a switch', () => {
  test.each(fixtureNames)('are passed exactly where they do not block, and their figures say why: %s', (name) => {
    for (const { comparison, gates } of judged(name)) {
      expect(gates.map(({ gate }) => gate)).toEqual(blockingReasons)
      const failed = gates.filter(({ passed }) => passed === false).map(({ gate }) => gate)
      expect(failed.toSorted()).toEqual([...comparison.blocked].toSorted())
      for (const { gate, passed, value, limit } of gates) {
        const check = isInside[gate]
        if (check === undefined || passed === null || value === null || limit === null) continue
        // A single cluster gives no interval, so that there may be enough samples and still nothing to compare.
        if (gate === 'too_few_items' && comparison.seUsed === undefined) continue
        expect(check(value, limit), gate).toBe(passed)
      }
    }
  })

  test('are not looked at where there is too little to compare', () => {
    const gates = judged('edge-nine-items').flatMap((one) => one.gates)
    expect(gates.map(({ passed }) => passed)).toEqual([false, ...Array.from({ length: 10 }, () => null)])
  })

  test('are told in words, without a figure that is none', () => {
    for (const name of fixtureNames) {
      for (const { comparison, settings, gates } of judged(name)) {
        for (const gate of gates) {
          const { rule, found, needed } = gateWords(gate, comparison, settings)
          expect(`${rule}: ${found}, ${needed}`).not.toMatch(/NaN|undefined|null|Infinity|[a-z]_[a-z]/)
          expect(rule).not.toBe('')
        }
      }
    }
    const [words] = judged('edge-slo').flatMap(({ comparison, settings, gates }) =>
      gates.filter(({ gate }) => gate === 'p95_above_slo').map((gate) => gateWords(gate, comparison, settings)),
    )
    expect(words?.found).toMatch(/^4\.\d\d\u202fs$/)
    expect(words?.needed).toBe('at most 3.00\u202fs')
  })
})
