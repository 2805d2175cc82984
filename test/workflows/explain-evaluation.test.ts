import { beforeAll, expect, test } from 'vitest'
import { explainText } from '../../src/commands/explain-text.ts'
import { deleteOldestAnswers } from '../../src/database/answer-queries.ts'
import type { Database } from '../../src/database/database.ts'
import type { EvaluationReport } from '../../src/reporting/cycle-report.ts'
import { sampleBody } from '../../src/serving/dashboard/evaluation/sample-body.ts'
import { explainEvaluation } from '../../src/workflows/explain-evaluation.ts'
import type { ExplainedPair, Explanation } from '../../src/workflows/explanation.ts'
import { loadSample } from '../../src/workflows/pages/samples.ts'
import { recommendAgain } from '../../src/workflows/recommend-again.ts'
import { tierStates } from '../../src/workflows/tier-states.ts'
import { simulatedWeeks, type WeekOptions } from '../support/simulated-weeks.ts'
import { onEmbedded } from '../support/test-databases.ts'

const options: WeekOptions = {
  models: {
    held: 'errorRate: 0.3, latencyMs: 2000',
    better: 'errorRate: 0.1, latencyMs: 1800, failureRate: 0.02',
    faster: 'errorRate: 0.32, latencyMs: 700',
  },
  tier: 'targets: { latencyMs: 2000, costUsd: 0.004 }',
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}

onEmbedded((databases) => {
  let database: Database
  let weeks: ReturnType<typeof simulatedWeeks>
  let second: EvaluationReport
  let explanation: Explanation
  let pair: ExplainedPair

  beforeAll(async () => {
    database = await databases.open()
    weeks = simulatedWeeks(database, 36)
    const worse = { ...options.models, better: 'errorRate: 0.2, latencyMs: 2400' }
    await weeks.week({ ...options, models: worse, request: { racing: false } })
    second = await weeks.week({ ...options, request: { racing: false } })
    explanation = await explainEvaluation(await weeks.workspaceOf(options), { evaluation: second.id, model: undefined })
    if (explanation.pair === null) throw new Error('Two models were compared, and no pair is explained.')
    pair = explanation.pair
  })

  test('explains the stored verdict, with its evaluations, its models and how answers were scored', () => {
    expect(explanation.recommendation).toEqual(second.recommendation)
    expect(explanation.evaluation).toMatchObject({ tier: 1, samples: 36, repeats: 3, pooled: 1, applies: true })
    expect(explanation.asked.map(({ model, role, calls }) => [model, role, calls])).toEqual([
      ['held', 'incumbent', 108],
      ['better', 'challenger', 108],
      ['faster', 'challenger', 108],
    ])
    expect(explanation.scoring.fields.length).toBeGreaterThan(1)
    expect(explanation.scoring.words).toBe('Half the latency is worth 15 accuracy points, half the cost 6.')
  })

  test('rests on the same records as the verdict: the mean over the samples is its difference', async () => {
    const workspace = await weeks.workspaceOf(options)
    for (const comparison of second.recommendation.comparisons) {
      const { pair: own } = await explainEvaluation(workspace, { evaluation: second.id, model: comparison.model })
      expect(own?.spread.samples).toBe(comparison.commonItems)
      expect(own?.spread.mean).toBeCloseTo(comparison.delta ?? Number.NaN, 9)
      expect(own?.movedMost.every(({ pull, difference }) => Math.abs(pull - difference.total / 36) < 1e-9)).toBe(true)
      const terms = explanation.evidence.termDifferences[comparison.model]
      expect(terms && 0.5 * terms.accuracy + 0.3 * terms.speed + 0.2 * terms.cost).toBeCloseTo(comparison.delta ?? 0, 9)
    }
    const { better, worse, same } = pair.spread
    expect(better + worse + same).toBe(36)
  })

  test('lists every gate with what was found and needed, and a failed one exactly where it blocks', () => {
    expect(pair.gates).toHaveLength(11)
    const failed = pair.gates.filter(({ passed }) => passed === false).map(({ gate }) => gate)
    expect(failed.toSorted()).toEqual([...(pair.comparison?.blocked ?? [])].toSorted())
    for (const { rule, found, needed } of pair.gates)
      expect(`${rule}${found}${needed}`).not.toMatch(/undefined|NaN|null/)
  })

  test('shows the ten samples that moved it most, with target and both answers, and marks where they differ', () => {
    const pulls = pair.movedMost.map(({ pull }) => Math.abs(pull))
    expect(pulls).toHaveLength(10)
    expect(pulls).toEqual(pulls.toSorted((a, b) => b - a))
    const fields = pair.movedMost.flatMap((sample) => sample.fields)
    expect(fields.some(({ differs }) => differs)).toBe(true)
    expect(fields.some(({ differs }) => !differs)).toBe(true)
    for (const { differs, held, challenger, target } of fields) {
      expect(target).not.toBeNull()
      if (!differs) expect(held).toEqual(challenger)
      if (held.score === 1) expect(held.value).toEqual(target)
    }
    const first = pair.movedMost[0]
    expect(first?.answers.held).toMatchObject({ model: 'held', asked: 3 })
    expect(first?.complexity).toBe('simple')
  })

  test('is told to a person from sample to verdict', () => {
    const text = explainText(explanation, 120).replaceAll('\u202f', ' ')
    for (const title of [
      'What was asked',
      'How an answer is scored',
      'The gates of a switch',
      'What would change it',
    ]) {
      expect(text).toContain(title)
    }
    expect(text).toContain('The verdict also rests on 1 earlier evaluation.')
    expect(text).toMatch(
      /Of 36 samples that both were asked, \w+ has the better total on \d+, held on \d+; \d+ are the same\./,
    )
    expect(text).toMatch(/10\) t\d+ \((?:login|refund), simple\)/)
    expect(text).toMatch(/\n {3}≠ {2}\S+ +\d+ /)
    expect(text).toContain('Next: ')
    expect(text).not.toMatch(/undefined|NaN|\[object/)
    const table = text.split('\n').filter((line) => line.startsWith('   '))
    expect(Math.max(...table.map((line) => line.length))).toBeLessThanOrEqual(120)
  })

  test('refuses a model that was not compared, with those that were', async () => {
    const workspace = await weeks.workspaceOf(options)
    await expect(explainEvaluation(workspace, { evaluation: second.id, model: 'other' })).rejects.toThrow(
      '--model other: expected a model that was compared (better, faster).',
    )
  })

  test('carries what the evidence shows also where a verdict is shown elsewhere: in the report and in the status', async () => {
    const workspace = await weeks.workspaceOf(options)
    const [again] = await recommendAgain(workspace, { evaluation: second.id, tiers: undefined })
    expect(again?.recommendation.evidence).toEqual(explanation.evidence)
    expect(second.reasoning).toContain('Weights, and what depends on them:')
    const [state] = await tierStates(workspace)
    expect(state?.weightsMean).toBe('Half the latency is worth 15 accuracy points, half the cost 6.')
    expect(state?.lastVerdict?.evidence).toEqual(explanation.evidence)
    expect(sum(Object.values(second.recommendation.pBest))).toBeCloseTo(1, 9)
  })

  // The last one: the answers are gone from now on.
  test('says that answers were deleted when they had become too old, in place of showing that nothing was answered', async () => {
    const workspace = await weeks.workspaceOf(options)
    const [sample = ''] = pair.movedMost.map((moved) => moved.sample)
    const now = new Date('2028-01-02T12:00:00Z')
    while ((await deleteOldestAnswers(database.db, now, now)) !== undefined);
    const old = await explainEvaluation(workspace, { evaluation: second.id, model: undefined })
    const words = 'was deleted on 2028-01-02, as it had become too old (retention.answersDays)'
    expect(explainText(old, 200)).toContain(words)
    expect(explainText(explanation, 200)).not.toContain('was deleted')
    const page = await loadSample(workspace, second.id, { sample, models: undefined })
    const { markup } = sampleBody(page, 'UTC', now)
    expect(markup).toContain('was deleted on Sunday 2 January 2028')
    expect(markup).toContain('>deleted<')
    expect(markup).not.toContain('class="missing"')
  })
})
