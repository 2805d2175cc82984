import { describe, expect, test } from 'vitest'
import { analyse } from '../../src/analysis/analyse.ts'
import type { EvaluationRecords } from '../../src/analysis/evaluation-records.ts'
import { recommendWithEvidence } from '../../src/recommendation/evidence.ts'
import { type Explained, explain } from '../../src/recommendation/reasoning.ts'
import type { Decision } from '../../src/recommendation/recommendation.ts'
import { decisionFixture, fixtureNames } from '../analysis/decision-fixtures.ts'

function told(records: EvaluationRecords, more: Partial<Explained> = {}): { decision: Decision; text: string } {
  const recommendation = recommendWithEvidence(records)
  const text = explain({
    tier: { id: 1, name: 'core' },
    analysis: analyse(records),
    recommendation,
    settings: records.config ?? {},
    samples: new Set(records.records.map(({ item }) => item)).size,
    repeats: 1,
    baselines: [],
    skipped: [],
    weeksSinceSwitch: records.weeksSinceSwitch,
    ...more,
  })
  return { decision: recommendation.decision, text: text.replaceAll('\u202f', ' ') }
}

function toldOf(name: string): { decision: Decision; text: string } {
  return told(decisionFixture(name).records)
}

/** Every model the same on every sample. */
function evenRecords(
  models: Record<string, { accuracy: number; costUsd?: number | null; ok?: boolean }>,
  samples = 40,
): EvaluationRecords {
  const items = Array.from({ length: samples }, (_, index) => `i${index}`)
  return {
    incumbent: 'A',
    refs: { latencyMs: 2000, costUsd: 0.004 },
    records: Object.entries(models).flatMap(([model, { accuracy, costUsd = 0.004, ok = true }]) =>
      items.map((item) => ({ item, model, repeat: 0, ok, accuracy, latencyMs: 2000, costUsd })),
    ),
  }
}

describe('edge cases of a decision, in words (decisions.md section 6.2)', () => {
  test('fewer than 10 independent samples: nothing is decided, and what is missing is said', () => {
    const { decision, text } = toldOf('edge-nine-items')
    expect(decision).toBe('insufficient_data')
    expect(text).toContain('9 independent samples of both are too few for a comparison, which needs 10.')
    expect(text).toContain('Add samples: a comparison needs 10 independent ones, a switch 30.')
  })

  test('10 to 29: good enough for the shadow at most, whatever the difference', () => {
    const { decision, text } = toldOf('edge-twenty-items')
    expect(decision).toBe('recommend')
    expect(text).toMatch(/\d+ independent samples are too few for a switch, which needs 30\./)
    expect(text).toContain('good enough for the shadow')
  })

  test('one cluster of samples gives no interval', () => {
    expect(toldOf('edge-one-cluster').text).toContain(
      'They share a single independent sample, which gives no interval.',
    )
  })

  test('every call failed: the run says nothing, the incumbent stays', () => {
    const { decision, text } = toldOf('edge-all-failed')
    expect(decision).toBe('invalid_run')
    expect(text).toContain('A keeps the seat. Every call of every model failed.')
    expect(text).toContain('this run does not count as a look')
  })

  test('the incumbent failed half of its calls: nobody can be held against it; who could stand in is said', () => {
    const { decision, text } = toldOf('edge-incumbent-failing')
    expect(decision).toBe('invalid_run')
    expect(text).toContain('A failed in 50 % of its calls or more, so that nothing can be compared with it.')
    expect(text).toContain('If A stays away, B is fit to stand in.')
  })

  test('the incumbent was not asked: nothing is compared; who could stand in is said', () => {
    const { decision, text } = toldOf('edge-incumbent-missing')
    expect(decision).toBe('incumbent_missing')
    expect(text).toContain('A, which holds the seat, was not in the run.')
    expect(text).toContain('If A stays away, C is fit to stand in.')
    expect(toldOf('edge-incumbent-missing-no-fallback').text).toContain('No other model is fit to stand in.')
  })

  test('a vacant seat: who takes it, how sure that is, and why a better total may not', () => {
    const { decision, text } = toldOf('edge-vacant-seat')
    expect(decision).toBe('initial_assignment')
    expect(text).toContain('goes to C: the best total within the margin of the best accuracy')
    expect(text).toContain('On the Pareto front')
    expect(text).toContain('Probability of having the best total: D 99.2 %, C 0.8 %, B < 0.1 %.')
  })

  test('a single model: it stays, and what to do is said', () => {
    const { decision, text } = toldOf('edge-single-model')
    expect(decision).toBe('keep')
    expect(text).toContain('No other model was in the run')
    expect(text).toContain('Name a second model among the candidates of the tier')
    expect(text).not.toContain('Pareto')
  })

  test('an exact tie with the incumbent: 50 %, never a switch', () => {
    const { decision, text } = toldOf('edge-identical-copy')
    expect(decision).toBe('keep')
    expect(text).toContain('Total score 0.0 (−2.5 to +2.5) points: 50 % confident it is better.')
    expect(text).toContain(
      'Both did the same on every sample. The standard error is taken as 1.3 points, the least that 40 independent samples allow.',
    )
    expect(text).toContain('Probability of having the best total: A 50 %, B 50 %')
  })

  test('no spread at all: a difference that is the same everywhere still has an interval', () => {
    const { decision, text } = told(evenRecords({ A: { accuracy: 80 }, B: { accuracy: 83 } }))
    expect(decision).toBe('recommend')
    expect(text).toContain('Total score +1.5 (−1.0 to +4.0) points')
    expect(text).toContain('The difference is the same on every sample. The standard error is taken as 1.3 points')
    expect(text).toMatch(/in 8 of 10 cases; if the \+1\.5 of these is real, \d+ more would show it\./)
  })

  test('two challengers that gain the same: one is chosen, and by what is said', () => {
    expect(toldOf('edge-two-winners-tie').text).toContain('C gains as much; B comes first by its name.')
    const cheaper = toldOf('edge-winners-tie-cheaper-first').text
    expect(cheaper).toMatch(/switch from A to (\w)\. .* (\w) gains as much; \1 costs less\./)
  })

  test('low coverage: which share both were asked, and what a switch needs', () => {
    const { decision, text } = toldOf('edge-low-coverage')
    expect(decision).not.toBe('switch')
    expect(text).toContain('Both were asked only 34 of the 40 expected samples; a switch needs 95 % of them.')
  })

  test('a price that is missing counts against the challenger and drops nobody', () => {
    const worst = 'Some costs are unknown and count at the worst for the challenger: add the price.'
    expect(toldOf('edge-cost-missing-for-challenger').text).toContain(worst)
    expect(toldOf('edge-cost-missing-for-incumbent').text).toContain(worst)
    const { decision, text } = toldOf('edge-cost-missing-does-not-drop')
    expect(decision).toBe('keep')
    expect(text).not.toContain('Dropped')
    const three = told(evenRecords({ A: { accuracy: 80 }, B: { accuracy: 83 }, C: { accuracy: 90, costUsd: null } }))
    expect(three.text).toContain('Not placed, as the price is unknown: C.')
  })

  test('a price that nobody has leaves cost out, and no probability is told that assumes one', () => {
    const { text } = toldOf('edge-cost-unknown-for-both')
    expect(text).toContain('No price of either is known: cost is left out of the difference.')
    expect(text).not.toContain('Probability of having the best total')
  })

  test('a run that says nothing about the models names no probable best', () => {
    expect(toldOf('edge-incumbent-failing').text).not.toMatch(/Probability|Pareto|point estimate/)
  })

  test('an unknown latency is told in the same way', () => {
    expect(toldOf('edge-latency-missing').text).toContain('Some latencies are unknown and count at the worst')
    expect(toldOf('edge-latency-unknown-for-both').text).toContain('No latency of either is known')
  })
})

describe('what hangs on the weights', () => {
  test('is said with the share at which the answer changes, and the share now', () => {
    const { text } = toldOf('edge-slo')
    expect(text).toContain('Half the latency is worth 15 accuracy points, half the cost 6.')
    expect(text).toContain(
      'B has the best total by point estimate, gates aside; that flips to A if speed weighs more than 68 % (now 30 %), the other weights in proportion.',
    )
  })

  test('is the formula where the tier has one; then there are no weights that could change', () => {
    const { records } = decisionFixture('edge-slo')
    const { text } = told({ ...records, config: { ...records.config, formula: 'min(accuracy, speed)' } })
    expect(text).toContain("The total is the tier's own formula: min(accuracy, speed).")
    expect(text).not.toContain('flips')
  })

  test('names no model twice and no figure that is no number, whatever the verdict', () => {
    for (const name of fixtureNames) expect(toldOf(name).text).not.toMatch(/NaN|undefined|null|Infinity|[a-z]_[a-z]/)
  })
})
