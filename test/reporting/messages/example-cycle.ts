import type { Comparison } from '../../../src/recommendation/recommendation.ts'
import type { CycleReport, EvaluationReport, RunReport } from '../../../src/reporting/cycle-report.ts'
import { exampleEvaluationReport, exampleReport } from '../example-report.ts'

/** A Sunday of three tiers: one moves, one keeps its model, one needs more evidence. All models are simulated. */
export function exampleCycle(): CycleReport {
  const report = exampleReport()
  const models = [
    { name: 'anchor', tests: 0.61, live: 9.4, shadow: 0, soFar: 19.9, month: 40.2 },
    { name: 'swift', tests: 0.21, live: 0, shadow: 0.4, soFar: 1.4, month: 2.9 },
    { name: 'deep', tests: 0.3, live: 0, shadow: 0, soFar: 0.6, month: 0.9 },
  ]
  return {
    ...report,
    evaluations: [
      exampleTier({
        tier: 1,
        name: 'core',
        challenger: 'swift',
        delta: 7.1,
        half: 2.5,
        p50: [1380, 790],
        cost: [0.41, 0.31],
      }),
      exampleTier({
        tier: 2,
        name: 'enhanced',
        challenger: 'swift',
        delta: -3.1,
        half: 2.4,
        p50: [1410, 1660],
        cost: [0.9, 0.7],
      }),
      exampleTier({
        tier: 3,
        name: 'strategic',
        challenger: 'deep',
        delta: 0.9,
        half: 2.8,
        p50: [2100, 2900],
        cost: [1.4, 3.1],
      }),
    ],
    notes: ['Tier 2 waited 12 minutes for tier 1.'],
    costs: report.costs && {
      ...report.costs,
      models: models.map(({ name, tests: test, live, shadow, soFar, month }) => {
        return {
          model: name,
          isSimulated: true,
          weekUsd: { test, live, shadow },
          monthUsdSoFar: soFar,
          monthUsdProjected: month,
        }
      }),
    },
  }
}

interface ExampleTier {
  tier: number
  name: string
  challenger: string
  delta: number
  half: number
  /** Of incumbent and challenger. */
  p50: [number, number]
  /** US dollars per 1,000 requests. */
  cost: [number, number]
}

function exampleTier({ tier, name, challenger, delta, half, p50, cost }: ExampleTier): EvaluationReport {
  const example = exampleEvaluationReport({ tier, tierName: name, challengers: 1 })
  const [compared] = example.recommendation.comparisons
  const deltaCi95: [number, number] = [delta - half, delta + half]
  const isSwitch = deltaCi95[0] > 0
  const isKeep = deltaCi95[1] < 0
  const incumbent = 'anchor'
  const decision = isSwitch ? 'switch' : isKeep ? 'keep' : 'recommend'
  const target = isKeep ? incumbent : challenger
  return {
    ...example,
    incumbent,
    verifiedBy: [{ words: 'synthetic, checked by hand', samples: 100 }],
    runs: example.runs.map((run) => simulated(run, { incumbent, challenger, p50, cost })),
    failures: [],
    skipped:
      tier === 2 ? [{ model: 'qwen3:8b', reason: 'Ollama did not answer', remedy: 'Start it: ollama serve' }] : [],
    recommendation: {
      ...example.recommendation,
      incumbent,
      decision,
      target,
      comparisons:
        compared === undefined
          ? []
          : [{ ...compared, model: challenger, delta, deltaCi95, accuracyLower: -2 } as Comparison],
      confidence: isSwitch ? 0.9996 : isKeep ? 0.994 : 0.74,
    },
    assignment: { model: incumbent, changed: false },
    followed: isSwitch
      ? [`${challenger} is in the shadow of tier ${tier}, where no user sees its answers, and gathers evidence.`]
      : [],
    reasoning: `Tier ${tier} (${name}): ${isSwitch ? `switch to ${challenger}` : `${incumbent} keeps the seat`}.`,
  }
}

function simulated(
  run: RunReport,
  tier: Pick<ExampleTier, 'challenger' | 'p50' | 'cost'> & { incumbent: string },
): RunReport {
  if (run.role === 'baseline') return run
  const side = run.role === 'incumbent' ? 0 : 1
  return {
    ...run,
    model: side === 0 ? tier.incumbent : tier.challenger,
    provider: 'simulated',
    latencyMs: { ...run.latencyMs, p50: tier.p50[side] },
    costUsd: (tier.cost[side] * run.asked) / 1000,
  }
}
