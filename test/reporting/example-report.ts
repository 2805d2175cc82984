import type { Comparison } from '../../src/recommendation/recommendation.ts'
import type {
  CycleCosts,
  CycleReport,
  EvaluationReport,
  RunReport,
  TrendPoint,
} from '../../src/reporting/cycle-report.ts'
import { incumbent, names, sunday } from './charts/chart-examples.ts'

/** A cycle of three tiers: one that moves, one that keeps its model, one that was not decided. */
export function exampleReport(challengers = 3): CycleReport {
  return {
    cycle: '0c8c7c4e-8f1e-4f0f-9a51-1d5c9a1b2c3d',
    startedAt: '2026-11-15T00:00:00.000Z',
    finishedAt: '2026-11-15T01:41:00.000Z',
    evaluations: [
      exampleEvaluationReport({ tier: 1, tierName: 'core', challengers }),
      exampleEvaluationReport({ tier: 2, tierName: 'enhanced', challengers, overrides: kept }),
      exampleEvaluationReport({ tier: 3, tierName: 'strategic', challengers: 0, overrides: undecided }),
    ],
    notes: [],
    costs: exampleCosts,
    reports: [],
  }
}

const exampleCosts: CycleCosts = {
  spentUsd: 1.12,
  month: '2026-11',
  monthUsdSoFar: 21.3,
  monthUsdProjected: 43.1,
  monthCi95: [41.2, 45.4],
  budgetUsd: 60,
  models: [
    {
      model: incumbent,
      isSimulated: false,
      weekUsd: { test: 0.31, live: 9.4, shadow: 0 },
      monthUsdSoFar: 19.9,
      monthUsdProjected: 40.2,
    },
    {
      model: 'gemini-2.0-flash-lite-001',
      isSimulated: false,
      weekUsd: { test: 0.21, live: 0, shadow: 0.4 },
      monthUsdSoFar: 1.4,
      monthUsdProjected: 2.9,
    },
  ],
}

const kept: Partial<EvaluationReport> = { rolloutPolicy: 'recommend-only', skipped: [], warnings: [] }
const undecided: Partial<EvaluationReport> = {
  followed: [],
  runs: [],
  trend: [],
  failures: [],
  recommendation: {
    tier: 3,
    incumbent,
    decision: 'invalid_run',
    target: null,
    reasons: [],
    comparisons: [],
    pBest: {},
    pBestEligible: {},
  },
  reasoning: 'Tier 3 (strategic): this run says nothing about the models.\n\nNext: npx incumbent run --tier 3',
}

interface Example {
  tier: number
  tierName: string
  challengers: number
  overrides?: Partial<EvaluationReport>
}

export function exampleEvaluationReport({ tier, tierName, challengers, overrides = {} }: Example): EvaluationReport {
  const models = names.slice(0, challengers)
  const keeps = overrides.rolloutPolicy === 'recommend-only'
  return {
    id: `00000000-0000-4000-8000-00000000000${tier}`,
    tier,
    tierName,
    name: `Weekly Tier ${tier} Model Comparison`,
    dataset: 'job-analysis@v1',
    datasetHash: 'a'.repeat(64),
    verifiedBy: [{ words: 'synthetic, checked by hand', samples: 100 }],
    samples: 100,
    repeats: 3,
    status: 'completed',
    incumbent,
    runs: [
      run(incumbent, 0, 'incumbent'),
      ...models.map((model, index) => run(model, index + 1, 'challenger')),
      baseline(),
    ],
    failures: [{ model: incumbent, kind: 'timeout', calls: 2, isOfProvider: true, example: 'no answer in 60 s' }],
    skipped: [{ model: 'qwen3:8b', reason: 'no answer from Ollama', remedy: 'Start it: ollama serve' }],
    proposals: [],
    recommendation: {
      tier,
      incumbent,
      decision: keeps ? 'keep' : 'switch',
      target: keeps ? incumbent : (models[0] ?? null),
      reasons: [],
      comparisons: models.map(comparison),
      pBest: {},
      pBestEligible: {},
      confidence: keeps ? 0.994 : 0.9996,
    },
    pooled: [],
    epochChanges: [],
    dropped: [],
    drift: { status: 'steady', words: `Drift of ${incumbent}: none.` },
    locked: [],
    trend: [incumbent, ...models].flatMap(trend),
    reasoning: `Tier ${tier} (${tierName}): the verdict in words.\n\nWeights:\n- Half the latency is worth 15 accuracy points.`,
    refusal: null,
    assignment: { model: incumbent, changed: false },
    rolloutPolicy: 'auto',
    followed: keeps ? [] : [`${models[0]} is in the shadow of tier ${tier}.`],
    hypotheses: [{ id: 'S2-13', claim: 'it is fast', verdict: 'PASS', measured: 2, note: '2.00 times as fast' }],
    warnings: ['The reference for speed is provisional.'],
    ...overrides,
  }
}

function comparison(model: string, index: number): Comparison {
  const delta = 7.1 - 3.3 * index
  return {
    model,
    commonItems: 100,
    coverage: 1,
    flags: [],
    clusters: 100,
    clustersEffective: 100,
    delta,
    accuracyDelta: -0.4,
    failDelta: 0,
    niMargin: 5,
    se: 1.2,
    accuracySe: 1,
    seUsed: 1.2,
    accuracyDeltaUsed: -0.4,
    accuracySeUsed: 1,
    alphaLook: 0.008,
    pBetter: 0.9996,
    pNonInferior: 0.99,
    deltaCi95: [delta - 2.5, delta + 2.5],
    deltaLowerSwitch: 4,
    accuracyLower: -2,
    shrunkDelta: 6,
    mdeTotal80: 4.1,
    pFailWorse: 0.2,
    look: 2,
    blocked: [],
    state: index === 0 ? 'switch' : 'inconclusive',
  }
}

function run(model: string, index: number, role: RunReport['role']): RunReport {
  const accuracy = 92.4 - 1.3 * index
  return {
    id: `run-${index}`,
    model,
    provider: model.startsWith('sim') ? 'simulated' : 'gemini',
    role,
    status: 'completed',
    asked: 300,
    scored: 298,
    failed: { timeout: 2 },
    accuracy,
    accuracyCi95: [accuracy - 2.1, accuracy + 2.1],
    completeness: 99,
    consistency: 96,
    latencyMs: { mean: 1400, p50: 1380 - 150 * index, p95: 2900, p99: 4000 },
    tokens: { input: 100_000, output: 20_000, total: 120_000 },
    costUsd: index === 2 ? null : 0.123 + 0.1 * index,
    scores: { accuracy, speed: 70, cost: index === 2 ? null : 60, total: 71 + index },
    fieldRelative: 60,
    flags: [],
  }
}

function baseline(): RunReport {
  const { latencyMs, ...rest } = run('rules-thorough', 0, 'baseline')
  const times = { ...latencyMs, p50: 2, p95: 11 }
  return { ...rest, provider: 'rules', accuracy: 51.7, accuracyCi95: [48.8, 54.7], costUsd: 0, latencyMs: times }
}

function trend(model: string, index: number): TrendPoint[] {
  return Array.from({ length: 6 }, (_, week) => {
    const accuracy = 92 - index + Math.sin(week)
    return {
      evaluation: `week-${week}`,
      at: sunday(week).toISOString(),
      model,
      provider: 'gemini',
      role: index === 0 ? 'incumbent' : 'challenger',
      accuracy,
      accuracyCi95: [accuracy - 2, accuracy + 2],
      changed: week === 3 ? 'prompt' : null,
    }
  })
}
