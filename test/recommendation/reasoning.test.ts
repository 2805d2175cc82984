import { describe, expect, test } from 'vitest'
import { analyse } from '../../src/analysis/analyse.ts'
import type { EvaluationRecords } from '../../src/analysis/evaluation-records.ts'
import { type Explained, explain, headlineOf, nextOf, withoutScores } from '../../src/recommendation/reasoning.ts'
import { recommend } from '../../src/recommendation/recommend.ts'
import type { BlockingReason, Decision } from '../../src/recommendation/recommendation.ts'
import { decisionFixture, fixtureNames } from '../analysis/decision-fixtures.ts'

/** The text with ordinary spaces, as a person reads it. */
function told(records: EvaluationRecords, more: Partial<Explained> = {}): string {
  const text = explain({
    tier: { id: 1, name: 'core' },
    analysis: analyse(records),
    recommendation: recommend(records),
    settings: records.config ?? {},
    dataset: 'job-analysis@v1',
    samples: records.items?.length ?? new Set(records.records.map(({ item }) => item)).size,
    repeats: 1,
    baselines: [],
    skipped: [],
    weeksSinceSwitch: records.weeksSinceSwitch,
    ...more,
  })
  return text.replaceAll('\u202f', ' ')
}

function toldOf(name: string, more: Partial<Explained> = {}): string {
  return told(decisionFixture(name).records, more)
}

describe('the reasoning of a switch', () => {
  const text = toldOf('01-clear-switch', { repeats: 2 })

  test('begins with the verdict and how sure it is, and never says 100 %', () => {
    expect(text).toMatch(/^Tier 1 \(core\): switch from A to B\. > 99\.9 % confident it is better\./)
    expect(text).not.toContain('100 %')
  })

  test('says what was compared, on how many samples', () => {
    expect(text).toContain(
      'Asked: 60 samples of job-analysis@v1, each asked 2 times. Compared, sample by sample: B with the incumbent A.',
    )
  })

  test('gives the difference with its interval, what to expect of it, and accuracy against the margin', () => {
    expect(text).toContain(
      'Total score +12.1 (+9.4 to +14.7) points: > 99.9 % confident it is better; expect about +10.1 in service.',
    )
    expect(text).toContain('Accuracy +13.0 points, at 95 % not below +7.0: inside the margin of 5.')
  })

  test('says what the samples can show', () => {
    expect(text).toContain('60 independent samples show a gain of 3.8 points or more in 8 of 10 cases.')
  })

  test('has a line per model with one decimal per score', () => {
    expect(text).toContain(
      '- A (incumbent): accuracy 75.8 (69.4 to 82.3), speed 49.7, cost 50.2. Overall score: 62.9/100.',
    )
    expect(text).toContain('- B: accuracy 88.8 (84.2 to 93.5), speed 63.9, cost 56.7. Overall score: 74.9/100.')
  })

  test('says what happens next, as the rollout of the tier is set', () => {
    expect(text).toContain('Next: No traffic moves by itself: A keeps the seat until a person assigns B.')
    expect(toldOf('01-clear-switch', { rollout: 'auto' })).toContain(
      'Next: B goes to the shadow, then to part of the traffic',
    )
    expect(toldOf('01-clear-switch', { rollout: 'approve' })).toContain('Next: A person has to approve B for tier 1')
    expect(toldOf('01-clear-switch', { rollout: 'recommend-only' })).toContain('Next: Tier 1 is set to recommend only')
    expect(toldOf('01-clear-switch', { applies: false })).toContain('Next: Nothing follows by itself')
  })

  test.each([1, 2, 3])('names tier %i when it is about tier %i', (id) => {
    const text = toldOf('01-clear-switch', { tier: { id, name: 'mine' }, rollout: 'approve' })
    expect(text).toContain(`Tier ${id} (mine): switch`)
    const others = [1, 2, 3].filter((other) => other !== id)
    for (const other of others) expect(text.toLowerCase()).not.toContain(`tier ${other}`)
  })
})

const factsOfDecision: [Decision, string, RegExp[]][] = [
  ['switch', 'edge-zero-variance-better', [/switch from A to B/, /Every check of a switch is passed/]],
  [
    'recommend',
    '11-clusters',
    [
      /A keeps the seat\. B is good enough for the shadow/,
      /20 independent samples are too few for a switch, which needs 30/,
    ],
  ],
  [
    'keep',
    'edge-inconclusive',
    [
      /A keeps the seat\. 75 % confident in keeping it\. Gather more: B is neither shown to be better nor ruled out/,
      /not measurably different/,
    ],
  ],
  [
    'keep',
    'edge-drop-too-unlikely-to-win',
    [
      /A keeps the seat\. > 99\.9 % confident in keeping it: no challenger is likely to be better/,
      /Dropped: too unlikely to win/,
    ],
  ],
  [
    'keep',
    'edge-slo',
    [
      /held back by a limit, so there is no confidence to state/,
      /95 of 100 answers take up to 4\.\d\d s; the limit is 3\.00 s/,
    ],
  ],
  ['keep', 'edge-single-model', [/A keeps the seat\. No other model was in the run/, /Name a second model/]],
  [
    'insufficient_data',
    '07-too-few-items',
    [
      /too little to decide on; A keeps the seat/,
      /6 independent samples of both are too few for a comparison, which needs 10/,
      /So far \+24\.5 points in total and \+21\.7 in accuracy: no verdict/,
      /Add samples/,
    ],
  ],
  [
    'insufficient_data',
    'edge-no-records',
    [/too little to decide on; A keeps the seat\. No model was asked/, /Make a model reachable/],
  ],
  [
    'insufficient_data',
    'edge-vacant-seat-nobody-fit',
    [/the seat stays vacant\. No model is fit to take it: it needs 10 samples and at most 10 % failed calls/],
  ],
  [
    'insufficient_data',
    'edge-no-common-items',
    [/No sample was asked of both/, /0 independent samples of both are too few/],
  ],
  [
    'invalid_run',
    'edge-all-failed',
    [
      /says nothing about the models; A keeps the seat\. Every call of every model failed/,
      /every call failed \(12 of 12\); it cannot win/,
      /does not count as a look/,
    ],
  ],
  [
    'invalid_run',
    'edge-incumbent-failing',
    [/A failed in 50 % of its calls or more/, /If A stays away, B is fit to stand in/],
  ],
  [
    'incumbent_missing',
    'edge-incumbent-missing',
    [/A, which holds the seat, was not in the run/, /Make A reachable/, /C is fit to stand in/],
  ],
  ['incumbent_missing', 'edge-incumbent-missing-no-fallback', [/No other model is fit to stand in/]],
  [
    'initial_assignment',
    'edge-vacant-seat',
    [
      /the seat was vacant and goes to C: the best total within the margin of the best accuracy\. 0\.8 % likely to have the best total of all, less accurate models included/,
      /C takes the seat/,
    ],
  ],
  [
    'initial_assignment',
    'edge-vacant-seat-low-confidence',
    [
      /50 % likely to have the best total of all, less accurate models included\. This is below 80 %: another run may choose another model/,
    ],
  ],
  ['initial_assignment', 'edge-vacant-seat-one-model', [/goes to B: .* How sure this is cannot be told/]],
]

describe('the reasoning of every other verdict says what holds now and what to do', () => {
  test.each(factsOfDecision)('%s, as in %s', (decision, name, facts) => {
    const { records } = decisionFixture(name)
    expect(recommend(records).decision).toBe(decision)
    const text = told(records)
    expect(text).toMatch(/^Tier 1 \(core\): /)
    expect(text).toMatch(/\n\nNext: \S/)
    for (const fact of facts) expect(text).toMatch(fact)
  })
})

const factsOfBlock: Record<BlockingReason, [string, RegExp]> = {
  too_few_items: ['edge-nine-items', /9 independent samples of both are too few for a comparison, which needs 10/],
  too_few_items_for_switch: [
    'edge-unequal-clusters',
    /8\.\d independent samples are too few for a switch, which needs 30/,
  ],
  low_coverage: ['edge-low-coverage', /only 34 of the 40 expected samples; a switch needs 95 %/],
  looks_exhausted: [
    'edge-looks-exhausted',
    /4 looks used; locked until its version or price, the prompt, the scoring, the references or the golden data change/,
  ],
  total_not_significantly_better: [
    'edge-challengers-that-started',
    /at the 99\.58 % that a switch needs it may be as low as −\d\.\d points/,
  ],
  gain_below_min_delta: [
    'edge-own-settings',
    /The difference of \+1\.8 points is below the \+\d\.\d that a switch has to bring/,
  ],
  accuracy_not_shown_non_inferior: [
    'edge-near-ceiling',
    /at 95 % not below −\d\.\d: not shown to be inside the margin of 5\.[\s\S]*Blocks a switch: Its accuracy is not shown to be kept/,
  ],
  failure_rate_above_cap: ['edge-failure-cap', /5 of its 48 calls failed \(10 %; 4\.5 % to 22 %\); the limit is 10 %/],
  reliability_regression: [
    'edge-reliability-regression',
    /fails in 8\.0 percentage points more of its calls than A; 98 % confident/,
  ],
  p95_above_slo: [
    'edge-slo-latency-unknown',
    /Its latency is unknown, so that the limit of 3\.00 s .* cannot be checked/,
  ],
  cooldown: ['edge-cooldown', /The seat changed hands 1 week ago; it rests for 2 weeks after a switch/],
}

describe('whatever blocks a switch is said in words with its figures', () => {
  test.each(Object.entries(factsOfBlock))('%s', (_reason, [name, fact]) => {
    expect(toldOf(name)).toMatch(fact)
  })

  test('a challenger without a gain is told so once, with what a switch needs', () => {
    const text = toldOf('edge-identical-copy')
    expect(text).toContain('It is not better in total; a switch needs a gain of +1.0 points, shown at 97.5 %.')
    expect(text).not.toContain('is below the +1.0')
  })

  test('no text contains a code of the verdict', () => {
    for (const name of fixtureNames) expect(toldOf(name)).not.toMatch(/[a-z]_[a-z]/)
  })

  test('no figure is missing or is no number', () => {
    for (const name of fixtureNames) expect(toldOf(name)).not.toMatch(/NaN|undefined|null|Infinity/)
  })
})

describe('what the reader has to know about the figures', () => {
  test('a price that is not known is said, with what was assumed and what to do', () => {
    const text = toldOf('05-missing-cost')
    expect(text).toContain('Some costs are unknown and count at the worst for the challenger: add the price.')
    expect(text).toContain(
      'cost unknown. Overall score: 78.8/100 of accuracy and speed alone, not comparable with the others.',
    )
  })

  test('failed calls are counted in the line of their model', () => {
    expect(toldOf('16-weeks')).toContain('41 of 300 calls failed (14 %), counted 0')
  })

  test('models that were left out are listed with the reason and the remedy', () => {
    const skipped = [{ model: 'gemini-2.0-flash-001', reason: 'no GEMINI_API_KEY', remedy: 'Set it in .env.' }]
    expect(toldOf('edge-single-model', { skipped })).toContain(
      'Left out:\n- gemini-2.0-flash-001: no GEMINI_API_KEY. Set it in .env.',
    )
  })
})

describe('what the weeks before have made of it', () => {
  const dropped = ['E', 'F'].map((model) => {
    const check = {
      calls: 30,
      samples: 30,
      repeats: 1,
      reason: 'unlikely_better',
      pBetter: 0.004,
      pNonInferior: 0.5,
    } as const
    return { model, ...check, asked: 31, planned: 300 }
  })
  const locked = ['G', 'H'].map((model) => ({ model, reason: 'dropped_twice', samples: 30 }) as const)

  test('challengers that were set aside are counted in the verdict and listed, and what a lock means is said once', () => {
    const text = toldOf('edge-single-model', { dropped, locked })
    expect(text).toMatch(/^.*No challenger was left to compare it with: 2 dropped by racing, 2 locked\./)
    expect(text).toContain(
      '- E: 0.4 % likely to be better after 30 samples. 31 of 300 calls were made; it counts as a look.',
    )
    expect(text).toContain('- G: dropped twice in a row.\n- H: dropped twice in a row.')
    expect(text.split('until its version or price')).toHaveLength(2)
  })

  test('where every challenger is locked, what to do is said', () => {
    expect(toldOf('edge-single-model', { locked })).toContain('Next: Add a model to the candidates')
  })

  test('an incumbent that has become worse is not told to keep the seat, whatever was decided beside it', () => {
    for (const name of ['edge-single-model', 'edge-inconclusive', '11-clusters', 'edge-incumbent-failing']) {
      const text = toldOf(name, { degraded: true })
      expect(text.split('\n')[0]).toContain('A has become worse, and the model before it takes the seat back if it may')
      expect(text).not.toMatch(/keeps the seat|confident in keeping/)
      expect(text).toContain('Next: The next run compares with the model that holds the seat then')
    }
  })

  test('a new epoch is told with what changed', () => {
    expect(toldOf('01-clear-switch', { epochChanges: ['prompt changed', 'price of B changed'] })).toContain(
      'New epoch: prompt changed; price of B changed. Earlier results that this concerns are not pooled',
    )
  })

  test('scores over pooled evaluations say so: they need not differ by what the comparison says', () => {
    expect(toldOf('16-weeks', { pooled: 2 })).toContain(
      'Scores out of 100, each over all pooled evaluations of the model:',
    )
  })

  test('a trial is no look', () => {
    expect(toldOf('01-clear-switch')).toContain('on 60 samples, look 1 of 4:')
    expect(toldOf('01-clear-switch', { applies: false })).toContain('on 60 samples:')
  })
})

describe('parts of a reasoning, for where there is no room for all of it', () => {
  const text = toldOf('01-clear-switch', { skipped: [{ model: 'X', reason: 'gone', remedy: undefined }] })

  test('are its verdict, what happens next, and all but the scores', () => {
    expect(headlineOf(text)).toMatch(/^Tier 1 \(core\): switch.*\.$/)
    expect(nextOf(text)).toMatch(/^Next: .*\.$/)
    expect(withoutScores(text)).not.toMatch(/Scores out of 100|Left out/)
    expect(withoutScores(text)).toContain('Weights, and what depends on them')
  })
})

describe('baselines', () => {
  const { records } = decisionFixture('edge-vacant-seat')

  test('a machine without any language model is told that only the baselines answered, and what to do', () => {
    const baselines = ['B', 'C', 'D']
    const recommendation = recommend({ ...records, incumbent: 'gemini', records: [] })
    const skipped = [{ model: 'gemini', reason: 'no GEMINI_API_KEY', remedy: 'Set it in .env.' }]
    const text = told(records, { recommendation, baselines, skipped })
    expect(text).toContain('No language model was asked; only the baselines answered, and they never hold a seat.')
    expect(text).toContain('Baselines, the floor for every model: B, C, D.')
    expect(text).toContain('- B (baseline): accuracy')
    expect(text).toContain('Next: Make a model reachable (see what was left out) and run again.')
  })

  test('a model that is above the floor takes the seat, with the difference', () => {
    const baselineCheck = { status: 'above', baseline: 'rules', difference: 31, interval90: [20.1, 41.9] } as const
    const text = told(records, { baselineCheck: { ...baselineCheck, interval90: [20.1, 41.9] } })
    expect(text).toContain('In accuracy C is above the best baseline rules: +31.0 (+20.1 to +41.9) points.')
    expect(text).toContain('Next: C takes the seat')
  })

  test('a first assignment that does not apply is told as what would be', () => {
    const text = told(records, { baselineCheck: { status: 'no-baseline' }, applies: false })
    expect(headlineOf(text)).toContain('the seat is vacant and would go to C: ')
  })

  test('a model that is not shown to be above the floor is refused, and the seat stays vacant', () => {
    const text = told(records, {
      baselineCheck: { status: 'not-shown', baseline: 'rules', difference: 3, interval90: [-8, 14] },
    })
    expect(text).toMatch(
      /^Tier 1 \(core\): the seat stays vacant\. C is the best of the models, but it is not shown to be above/,
    )
    expect(text).toContain('the best baseline rules in accuracy: +3.0 (−8.0 to +14.0) points.')
    expect(text).not.toContain('takes the seat')
  })

  test('where there is no baseline, that is said', () => {
    expect(told(records, { baselineCheck: { status: 'no-baseline' } })).toContain(
      'could not be held against a baseline',
    )
  })
})
