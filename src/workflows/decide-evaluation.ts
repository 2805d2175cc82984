import { analyse } from '../analysis/analyse.ts'
import type { Analysis } from '../analysis/analysis.ts'
import { clampedUtilities } from '../analysis/clamped-utilities.ts'
import type { DecisionSettings, EvaluationRecords } from '../analysis/evaluation-records.ts'
import { fieldRelative } from '../analysis/field-relative.ts'
import { recordsOf } from '../analysis/outcome-records.ts'
import { summariseRun } from '../analysis/run-summary.ts'
import { type Evaluation, type PlannedModel, type RunSummary, repeatsOf } from '../evaluation/evaluation.ts'
import type { MeasuredOutcome } from '../evaluation/measured-outcome.ts'
import { beatsBaselines } from '../recommendation/beats-baselines.ts'
import { explain } from '../recommendation/reasoning.ts'
import { recommend } from '../recommendation/recommend.ts'
import type { Recommendation } from '../recommendation/recommendation.ts'
import { decisionInputsOf } from './decision-inputs.ts'
import { evaluationStatus, leftOut, type RunStanding, runStandings } from './run-standings.ts'

/** The verdict on an evaluation with all that it rests on. */
export interface Decided {
  /** What `recommend` was given, records left out: they are the stored outcomes. */
  input: Omit<EvaluationRecords, 'records'>
  analysis: Analysis
  recommendation: Recommendation
  reasoning: string
  summaries: ReadonlyMap<string, RunSummary>
  standings: ReadonlyMap<string, RunStanding>
  /** `invalid`: the incumbent's run, or every run, says nothing about the models. */
  status: 'completed' | 'invalid'
  /** The model that takes a vacant seat now; undefined when nothing changes. */
  assigned: string | undefined
}

/** From outcomes to the verdict: a pure function of what is stored. */
export function decideEvaluation(evaluation: Evaluation, outcomes: readonly MeasuredOutcome[]): Decided {
  const { settings, references, clusters } = decisionInputsOf(evaluation)
  const records = recordsOf(outcomes, (key) => clusters[key])
  const roles = new Map(evaluation.models.map((model) => [model.name, model]))
  const input = {
    tier: evaluation.tier,
    incumbent: evaluation.incumbent ?? null,
    refs: { latencyMs: references.latencyMs, costUsd: references.costUsd },
    looks: {},
    weeksSinceSwitch: null,
    items: evaluation.sampleKeys.toSorted(),
    challengers: evaluation.models.filter(({ role }) => role === 'challenger').length,
    config: settings,
  }
  const analysis = analyse({ ...input, records })
  const standings = runStandings(evaluation.models, outcomes)
  const isJudged = (name: string) => roles.get(name)?.role !== 'baseline' && standings.get(name)?.status === 'judged'
  const recommendation = recommend({ ...input, records: records.filter(({ model }) => isJudged(model)) })
  const baselines = evaluation.models.filter(({ role }) => role === 'baseline').map(({ name }) => name)
  const target = recommendation.decision === 'initial_assignment' ? recommendation.target : null
  const baselineCheck = target === null ? undefined : beatsBaselines({ ...input, records }, target, baselines)
  const refusal = target === null ? undefined : refusalOf(target, roles, evaluation, analysis)
  const reasoning = explain({
    tier: { id: evaluation.tier, name: evaluation.tierName },
    analysis,
    recommendation,
    baselines,
    baselineCheck,
    refusal,
    skipped: [...evaluation.skipped, ...leftOut(standings)],
    samples: evaluation.sampleKeys.length,
    repeats: repeatsOf(evaluation),
    settings,
    dataset: `${evaluation.datasetName}@${evaluation.datasetVersion}`,
    applies: evaluation.applies,
  })
  const isRefused = refusal !== undefined || baselineCheck?.status === 'not-shown'
  return {
    input,
    analysis,
    recommendation,
    reasoning,
    standings,
    status: evaluationStatus(evaluation, standings),
    summaries: summariesOf(evaluation.models, outcomes, analysis, settings, clampedUtilities({ ...input, records })),
    assigned: target === null || isRefused || !evaluation.applies ? undefined : target,
  }
}

/** Why a model that is the best choice and beats the baselines does not take the vacant seat all the same. */
function refusalOf(
  target: string,
  roles: ReadonlyMap<string, PlannedModel>,
  evaluation: Evaluation,
  analysis: Analysis,
): string | undefined {
  if (roles.get(target)?.providerKind === 'simulated')
    return 'it is simulated, and a simulated model never takes a real seat'
  const floor = decisionInputsOf(evaluation).minimumAccuracy
  const accuracy = analysis.models[target]?.accuracy
  if (floor !== null && (accuracy === undefined || accuracy < floor)) {
    return `its accuracy is below the tier's floor of ${floor}`
  }
  return undefined
}

function summariesOf(
  models: readonly PlannedModel[],
  outcomes: readonly MeasuredOutcome[],
  analysis: Analysis,
  settings: DecisionSettings,
  clamped: Readonly<Record<string, readonly string[]>>,
): Map<string, RunSummary> {
  const byModel = Map.groupBy(outcomes, ({ model }) => model)
  const tokens = Object.fromEntries([...byModel].map(([name, own]) => [name, tokensPerCall(own)]))
  const relative = fieldRelative(analysis, tokens, settings.weights)
  return new Map(
    models.map(({ name, role }) => {
      const summary = summariseRun(byModel.get(name) ?? [], analysis.models[name], relative.scores[name] ?? null)
      // A baseline answers in no time and for nothing: that its utilities are at the end of the scale is no news.
      const flags = role === 'baseline' ? summary.flags : [...summary.flags, ...(clamped[name] ?? [])]
      return [name, { ...summary, flags }]
    }),
  )
}

/** Mean over the calls that say how many tokens they took; null when none does. */
function tokensPerCall(outcomes: readonly MeasuredOutcome[]): number | null {
  const known = outcomes.flatMap(({ usage }) =>
    usage.inputTokens === undefined || usage.outputTokens === undefined ? [] : [usage.inputTokens + usage.outputTokens],
  )
  return known.length === 0 ? null : known.reduce((sum, tokens) => sum + tokens, 0) / known.length
}
