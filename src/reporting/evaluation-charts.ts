import { inReadingOrder } from '../recommendation/reading-order.ts'
import type { Comparison } from '../recommendation/recommendation.ts'
import type { ComparedModel, Estimate, ModelComparison } from './charts/comparison-chart.ts'
import type { Certainty } from './charts/confidence-ruler.ts'
import type { DifferenceRow, Differences } from './charts/difference-chart.ts'
import type { History, HistoryChange, HistorySeries } from './charts/history-chart.ts'
import type { ModelPlace } from './charts/model-look.ts'
import type { AccuracyAgainstCost } from './charts/pareto-chart.ts'
import type { EvaluationReport, RunReport, TrendPoint } from './cycle-report.ts'

/** The data of each chart of an evaluation, out of what is told of it. */

/** Every challenger that was compared, the one that the verdict names first. */
export function differencesOf(evaluation: EvaluationReport): Differences {
  const { recommendation, incumbent, repeats } = evaluation
  return {
    measure: 'total points',
    incumbent: incumbent ?? 'the vacant seat',
    rows: inReadingOrder(recommendation).map((comparison) => ({
      model: comparison.model,
      note: compareNote(comparison, repeats),
      isLeader: isLeader(comparison.model, evaluation),
      isSimulated: isSimulated(comparison.model, evaluation),
      difference: comparison.delta ?? null,
      interval: comparison.deltaCi95 ?? null,
    })) satisfies DifferenceRow[],
  }
}

function compareNote({ commonItems, look }: Comparison, repeats: number): string {
  const samples = `${commonItems} ${commonItems === 1 ? 'sample' : 'samples'} × ${repeats}`
  return look === undefined ? samples : `${samples}, look ${look}`
}

/** A challenger that the verdict names; of a tier that keeps its model there is none. */
function isLeader(model: string, { recommendation, incumbent }: EvaluationReport): boolean {
  return model === recommendation.target && model !== incumbent
}

export function isSimulated(model: string, { runs }: EvaluationReport): boolean {
  return runs.some((run) => run.model === model && run.provider === 'simulated')
}

/** All models that answered, baselines last. */
export function comparisonOf(evaluation: EvaluationReport): ModelComparison {
  return { models: evaluation.runs.filter(({ scored }) => scored > 0).map((run) => comparedModel(run, evaluation)) }
}

function comparedModel(run: RunReport, evaluation: EvaluationReport): ComparedModel {
  const { model, provider, accuracy, accuracyCi95, latencyMs, scores } = run
  return {
    model,
    note: runNote(run, evaluation),
    place: placeOf(run, evaluation),
    isSimulated: provider === 'simulated',
    accuracy: { value: accuracy, interval: accuracyCi95 },
    timeMs: exact(latencyMs.p50),
    costPerThousand: exact(costPerThousand(run)),
    // Without its cost a total cannot be held against the others.
    total: exact(scores.cost === null ? null : scores.total),
  }
}

function runNote({ model, role, status, asked }: RunReport, { dropped }: EvaluationReport): string {
  if (role === 'incumbent') return 'in the seat'
  if (role === 'baseline') return 'baseline'
  const ended = dropped.find((each) => each.model === model)
  if (ended !== undefined) return `dropped after ${ended.samples}`
  return status === 'locked' ? 'locked' : `${asked} calls`
}

function placeOf({ model, role }: RunReport, evaluation: EvaluationReport): ModelPlace {
  return role === 'challenger' && isLeader(model, evaluation) ? 'leader' : role
}

function exact(value: number | null): Estimate {
  return { value, interval: null }
}

/** Dollars at list price; null: price unknown. */
export function costPerThousand({ costUsd, asked }: RunReport): number | null {
  return costUsd === null || asked === 0 ? null : (costUsd / asked) * 1000
}

/** Models that answered; a baseline is no choice and is left out. */
export function accuracyAgainstCostOf(evaluation: EvaluationReport): AccuracyAgainstCost {
  const models = evaluation.runs.filter(({ role, scored }) => role !== 'baseline' && scored > 0)
  return {
    models: models.map((run) => {
      const { model, place, isSimulated, accuracy, costPerThousand, timeMs } = comparedModel(run, evaluation)
      return { model, place, isSimulated, accuracy, costPerThousand, timeMs: timeMs.value }
    }),
  }
}

/** The language models of this evaluation over time, with the changes that make results incomparable. */
export function historyOf(evaluation: EvaluationReport, timeZone: string): History {
  const runs = evaluation.runs.filter(({ role }) => role !== 'baseline')
  const series = runs.map((run): HistorySeries => {
    const own = evaluation.trend.filter(({ model }) => model === run.model)
    return {
      model: run.model,
      place: placeOf(run, evaluation),
      isSimulated: run.provider === 'simulated',
      points: own.map(({ at, accuracy, accuracyCi95 }) => ({
        at: new Date(at),
        value: accuracy,
        interval: accuracyCi95,
      })),
    }
  })
  const known = series.filter(({ points }) => points.some(({ value }) => value !== null))
  return { measure: 'accuracy', series: known, changes: changesOf(evaluation.trend), timeZone }
}

/** Where another model held the seat, and what changed for the one that held it. */
function changesOf(trend: readonly TrendPoint[]): HistoryChange[] {
  const seats = trend.filter(({ role }) => role === 'incumbent')
  return seats.flatMap(({ at, model, changed }, index) => {
    const before = seats[index - 1]
    const told = [
      ...(before !== undefined && before.model !== model ? ['switch'] : []),
      ...(changed === null ? [] : [`new ${changed.split(', ').slice(0, 2).join(', ')}`]),
    ]
    return told.map((words) => ({ at: new Date(at), words }))
  })
}

/** How sure the verdict is, and what an automatic switch needs; undefined where there is no confidence to state. */
export function certaintyOf(evaluation: EvaluationReport): Certainty | undefined {
  const { recommendation, incumbent } = evaluation
  const { confidence, decision, target, comparisons } = recommendation
  if (confidence === null || confidence === undefined) return undefined
  const alpha = comparisons.find(({ model }) => model === target)?.alphaLook
  const isSwitch = decision === 'switch' || decision === 'initial_assignment'
  return {
    probability: confidence,
    needed: alpha === undefined ? null : 1 - alpha,
    of: isSwitch ? 'challenger' : decision === 'keep' ? 'incumbent' : 'nobody',
    isSimulated: isSimulated(target ?? incumbent ?? '', evaluation),
  }
}
