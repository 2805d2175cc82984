import { analyse } from '../analysis/analyse.ts'
import type { Analysis } from '../analysis/analysis.ts'
import type { EvaluationRecord } from '../analysis/evaluation-records.ts'
import { recordsOf } from '../analysis/outcome-records.ts'
import { type Evaluation, isOfRun, type PlannedModel, type RunSummary, repeatsOf } from '../evaluation/evaluation.ts'
import { inCallOrder } from '../evaluation/in-call-order.ts'
import type { MeasuredOutcome } from '../evaluation/measured-outcome.ts'
import { beatsBaselines } from '../recommendation/beats-baselines.ts'
import { recommendWithEvidence } from '../recommendation/evidence.ts'
import { explain } from '../recommendation/reasoning.ts'
import type { Recommendation } from '../recommendation/recommendation.ts'
import { hasLiveTraffic } from '../rollout/live/live-traffic.ts'
import { type DecisionInputs, decisionInputsOf } from './decision-inputs.ts'
import { epochChanges } from './epoch.ts'
import { firstBaseline } from './first-baseline.ts'
import { type History, noHistory } from './history.ts'
import { driftOf } from './incumbent-watch.ts'
import { type Look, looksAt, type Pool, poolHistory, weekOf } from './pool-history.ts'
import { type DroppedChallenger, droppedByRacing } from './racing.ts'
import { evaluationStatus, leftOut, type RunStanding, runStandings } from './run-standings.ts'
import { runSummaries } from './run-summaries.ts'
import type { LockedChallenger, VerdictInput } from './verdict-input.ts'

/** The verdict on an evaluation with all that it rests on. */
export interface Decided {
  input: VerdictInput
  /** Of all records that the verdict rests on; of models that were not judged, of this evaluation's. */
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

/**
 * From outcomes to the verdict: a pure function of what is stored, whatever the order in which it comes.
 * @param history what was stored before; without it the evaluation is decided as if it were the first
 */
export function decideEvaluation(
  evaluation: Evaluation,
  outcomes: readonly MeasuredOutcome[],
  history: History = noHistory,
): Decided {
  const inputs = decisionInputsOf(evaluation)
  const all = inCallOrder(outcomes)
  const own = all.filter(isOfRun(evaluation))
  const field = fieldOf(evaluation, own, history, inputs)
  const { input, records, standings } = field
  const analysis = analyse({ ...input, records })
  const isJudged = new Set(input.judged)
  const recommendation = recommendWithEvidence({
    ...input,
    records: records.filter(({ model }) => isJudged.has(model)),
  })
  const status = evaluationStatus(evaluation, standings)
  // Only a complete evaluation whose verdict could be applied is a look at its challengers.
  const isConclusive = evaluation.applies && status === 'completed' && recommendation.decision !== 'invalid_run'
  const isOfIncumbent = ({ model }: MeasuredOutcome) => model === evaluation.incumbent && isJudged.has(model)
  const baselines = evaluation.models.filter(({ role }) => role === 'baseline').map(({ name }) => name)
  const target = recommendation.decision === 'initial_assignment' ? recommendation.target : null
  const baselineCheck = target === null ? undefined : beatsBaselines({ ...input, records }, target, baselines)
  const refusal = refusalOf(recommendation, evaluation, analysis)
  const drift = (status === 'completed' ? driftOf(evaluation, all, history) : undefined) ?? null
  const reasoning = explain({
    tier: { id: evaluation.tier, name: evaluation.tierName },
    analysis,
    recommendation,
    baselines,
    baselineCheck,
    refusal,
    skipped: [...evaluation.skipped, ...input.leftOut],
    samples: evaluation.sampleKeys.length,
    repeats: repeatsOf(evaluation),
    settings: inputs.settings,
    dataset: `${evaluation.datasetName}@${evaluation.datasetVersion}`,
    applies: evaluation.applies,
    rollout: inputs.rollout?.policy,
    hasLiveTraffic: inputs.rollout === undefined || hasLiveTraffic(inputs.rollout.liveRequests),
    weeksSinceSwitch: input.weeksSinceSwitch,
    pooled: input.pooled.length,
    creep: inputs.creep ?? undefined,
    dropped: input.dropped,
    locked: input.locked,
    epochChanges: input.epochChanges,
    degraded: drift?.status === 'rollback',
  })
  const isRefused = refusal !== undefined || baselineCheck?.status === 'not-shown'
  return {
    input: {
      ...input,
      verdicts: isConclusive ? looksOf(recommendation, input.dropped) : [],
      refusal: refusal ?? null,
      drift,
      baseline: isConclusive ? firstBaseline(own.filter(isOfIncumbent), inputs.references) : {},
    },
    analysis,
    recommendation,
    reasoning,
    standings,
    status,
    summaries: runSummaries(evaluation.models, own, { ...input, records: field.ownRecords }, standings),
    assigned: target === null || isRefused || !evaluation.applies ? undefined : target,
  }
}

/** Who is judged, and by which records. */
function fieldOf(
  evaluation: Evaluation,
  outcomes: readonly MeasuredOutcome[],
  history: History,
  { settings, references, clusters, epoch, history: { weeksSinceSwitch } }: DecisionInputs,
) {
  const clusterOf = (key: string) => clusters[key]
  const now = { epoch, versions: history.versions }
  const standings = runStandings(evaluation.models, outcomes)
  const dropped = droppedByRacing(evaluation, outcomes, standings)
  const judged = judgedModels(evaluation.models, standings, dropped)
  const pool: Pool = poolHistory(now, judged, history.earlier, history.measures, clusterOf)
  const week = weekOf(evaluation)
  const ownRecords: EvaluationRecord[] = recordsOf(outcomes, clusterOf).map((record) => ({ ...record, week }))
  const { incumbent = null } = evaluation
  const started = evaluation.models.filter(({ role, locked }) => role === 'challenger' && locked === undefined)
  const looks = (challenger: string) =>
    incumbent === null ? 0 : looksAt([incumbent, challenger], now, history.earlier).length
  const input: VerdictInput = {
    tier: evaluation.tier,
    incumbent,
    refs: { latencyMs: references.latencyMs, costUsd: references.costUsd },
    looks: Object.fromEntries(
      judged.filter((name) => name !== incumbent).map((name) => [name, looks(name) + 1] as const),
    ),
    weeksSinceSwitch,
    items: evaluation.sampleKeys.toSorted(),
    challengers: started.length,
    config: settings,
    week,
    judged,
    pooled: pool.evaluations,
    verdicts: [],
    dropped,
    locked: lockedChallengers(evaluation.models),
    leftOut: leftOut(standings),
    drift: null,
    refusal: null,
    epochChanges: history.previous === undefined ? [] : epochChanges(history.previous, now),
  }
  return { input, records: [...pool.records, ...ownRecords], ownRecords, standings }
}

function judgedModels(
  models: readonly PlannedModel[],
  standings: ReadonlyMap<string, RunStanding>,
  dropped: readonly DroppedChallenger[],
): string[] {
  const out = new Set(dropped.map(({ model }) => model))
  return models
    .filter(({ name, role, locked }) => role !== 'baseline' && locked === undefined && !out.has(name))
    .map(({ name }) => name)
    .filter((name) => standings.get(name)?.status === 'judged')
}

function lockedChallengers(models: readonly PlannedModel[]): LockedChallenger[] {
  return models.flatMap(({ name, locked }) => (locked === undefined ? [] : [{ model: name, ...locked }]))
}

/** The looks that an evaluation is: at those that were dropped, too, and not at those of which there was too little to judge. */
function looksOf({ comparisons }: Recommendation, dropped: readonly DroppedChallenger[]): Look[] {
  return [
    ...dropped.map(({ model }): Look => ({ challenger: model, verdict: 'drop' })),
    ...comparisons.flatMap(({ model, state }): Look[] =>
      state === 'insufficient_data' ? [] : [{ challenger: model, verdict: state }],
    ),
  ]
}

/** Why the model of choice does not take the seat all the same, in words that follow a "but". */
function refusalOf(
  { decision, target, incumbent }: Recommendation,
  evaluation: Evaluation,
  analysis: Analysis,
): string | undefined {
  if (target === null || (decision !== 'switch' && decision !== 'initial_assignment')) return undefined
  const isSimulated = (model: string | null) =>
    evaluation.models.find(({ name }) => name === model)?.providerKind === 'simulated'
  // Where simulated models play among themselves no seat is real.
  if (isSimulated(target) && !isSimulated(incumbent))
    return 'it is simulated, and a simulated model never takes a real seat'
  const floor = decisionInputsOf(evaluation).minimumAccuracy
  const accuracy = analysis.models[target]?.accuracy
  if (floor !== null && (accuracy === undefined || accuracy < floor)) {
    return `its accuracy is below the tier's floor of ${floor}`
  }
  return undefined
}
