import type { Evaluation } from '../evaluation/evaluation.ts'
import { baselineWarning } from '../reporting/baseline-warning.ts'
import type { RunReport } from '../reporting/cycle-report.ts'
import { counted } from '../shared/counted.ts'
import { duration, money } from '../shared/format-number.ts'
import { decisionInputsOf } from './decision-inputs.ts'
import type { Measure } from './decision-settings-of.ts'
import type { VerdictInput } from './verdict-input.ts'

const usefulSamples = 100

/** What a reader has to know before the figures of an evaluation are trusted. */
export function reportWarnings(
  evaluation: Evaluation,
  input: VerdictInput,
  { runs, target }: { runs: readonly RunReport[]; target: string | null },
): string[] {
  const { applies, sampleKeys, incumbent = null } = evaluation
  const belowBaseline = baselineWarning([incumbent, target], runs)
  return [
    ...(belowBaseline === undefined ? [] : [belowBaseline]),
    ...(applies ? [] : ['Nothing follows from this evaluation: it was asked for with --no-apply or --limit.']),
    ...(sampleKeys.length >= usefulSamples
      ? []
      : [
          `With ${counted(sampleKeys.length, 'sample')} only large differences show; a hundred or more are needed for fine ones.`,
        ]),
    ...decisionInputsOf(evaluation).references.provisional.map((measure) =>
      provisionalWarning(measure, evaluation, input),
    ),
    ...electricityWarning(evaluation),
    // A reference that moves after this evaluation need not be set nearer by hand.
    ...(['latencyMs', 'costUsd'] as const).flatMap((measure) =>
      input.baseline?.[measure] === undefined ? clampedWarning(measure, evaluation, runs) : [],
    ),
  ]
}

function electricityWarning(evaluation: Evaluation): string[] {
  const prices = Object.entries(decisionInputsOf(evaluation).epoch.models).flatMap(([model, { price }]) =>
    price?.perHour === undefined ? [] : [`${model} (${money(price.perHour)} an hour)`],
  )
  if (prices.length === 0) return []
  return [
    `Costs of local models are estimates of their electricity while they answer, shared by the calls at the same time: ${prices.join(', ')}.`,
  ]
}

const words = { latencyMs: 'speed', costUsd: 'cost' }
const figures = { latencyMs: duration, costUsd: money }

function provisionalWarning(
  measure: Measure,
  { tier, incumbent }: Evaluation,
  { baseline = {} }: VerdictInput,
): string {
  const set = baseline[measure]
  const key = `tiers.${tier}.targets.${measure}`
  if (set === undefined)
    return `The reference for ${words[measure]} is provisional: set ${key} to what this tier needs.`
  return `The reference for ${words[measure]} was provisional; from the next evaluation on, in a new epoch, it is ${figures[measure](set)}, the median of ${incumbent} here. Where this tier needs another, set ${key}.`
}

const flags = { latencyMs: 'speed_clamped', costUsd: 'cost_clamped' }
const nouns = { latencyMs: 'times', costUsd: 'costs' }

function clampedWarning(measure: Measure, evaluation: Evaluation, runs: readonly RunReport[]): string[] {
  const models = runs.filter((run) => run.flags.includes(flags[measure])).map(({ model }) => model)
  if (models.length === 0) return []
  const reference = decisionInputsOf(evaluation).references[measure]
  return [
    `More than a fifth of the ${nouns[measure]} of ${models.join(', ')} are off the scale, where differences do not count: set tiers.${evaluation.tier}.targets.${measure} nearer to them; it is ${figures[measure](reference)}.`,
  ]
}
