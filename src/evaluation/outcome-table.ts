import type { MeasuredOutcome } from './measured-outcome.ts'
import type { Failed } from './outcome.ts'

/** What is judged of outcomes, in memory that is all there before the first call: it does not grow with what comes. */
export interface OutcomeTable {
  add(outcome: MeasuredOutcome): void
  /** All of them, in the order in which they came. */
  outcomes(): MeasuredOutcome[]
}

/** What the outcomes are of. More of them than `calls`, as a re-test brings, are taken too, and then it grows. */
interface Plan {
  models: readonly string[]
  sampleKeys: readonly string[]
  calls: number
}

/** Numbers of an outcome; NaN stands for unknown. */
const width = 13

export function createOutcomeTable({ models, sampleKeys, calls }: Plan): OutcomeTable {
  const placeOfModel = placesIn(models)
  const placeOfSample = placesIn(sampleKeys)
  const failures = new Map<number, Failed['failure']>()
  let cells = new Float64Array(calls * width)
  let rows = 0

  function add(outcome: MeasuredOutcome): void {
    if (rows * width === cells.length) cells = grown(cells)
    const identity = [placeOfModel(outcome.model), placeOfSample(outcome.sampleKey), outcome.repeat]
    cells.set([...identity, ...measuresOf(outcome)], rows * width)
    if (outcome.status === 'failed') failures.set(rows, outcome.failure)
    rows += 1
  }

  function outcomeAt(row: number): MeasuredOutcome {
    const [model = 0, sample = 0, repeat = 0, ...measures] = cells.subarray(row * width, (row + 1) * width)
    const identity = { model: models[model] ?? '', sampleKey: sampleKeys[sample] ?? '', repeat }
    return { ...identity, ...outcomeOf(measures, failures.get(row)) }
  }

  return { add, outcomes: () => Array.from({ length: rows }, (_none, row) => outcomeAt(row)) }
}

function placesIn(names: readonly string[]): (name: string) => number {
  const places = new Map(names.map((name, place) => [name, place]))
  return (name) => {
    const place = places.get(name)
    if (place === undefined) throw new Error(`"${name}" has an outcome and was not planned.`)
    return place
  }
}

function grown(cells: Float64Array<ArrayBuffer>): Float64Array<ArrayBuffer> {
  const larger = new Float64Array(Math.max(width, 2 * cells.length))
  larger.set(cells)
  return larger
}

function measuresOf(outcome: MeasuredOutcome): number[] {
  const { latencyMs, waitedMs, attempts, usage, costUsd } = outcome
  const { inputTokens, outputTokens, reasoningTokens, cachedInputTokens } = usage
  const counts = [inputTokens, outputTokens, reasoningTokens, cachedInputTokens]
  const scores = outcome.status === 'scored' ? [outcome.accuracy, outcome.completeness] : [undefined, undefined]
  return [waitedMs, attempts, latencyMs, costUsd, ...counts, ...scores].map((value) => value ?? Number.NaN)
}

function outcomeOf([waitedMs = 0, attempts = 0, ...measures]: number[], failure: Failed['failure'] | undefined) {
  const [latencyMs, costUsd, inputTokens, outputTokens, reasoningTokens, cachedInputTokens, ...scores] =
    measures.map(known)
  const usage = { inputTokens, outputTokens, reasoningTokens, cachedInputTokens }
  const asked = { latencyMs, waitedMs, attempts, usage, costUsd }
  if (failure !== undefined) return { ...asked, status: 'failed' as const, failure }
  const [accuracy = 0, completeness = 0] = scores
  return { ...asked, status: 'scored' as const, accuracy, completeness }
}

function known(value: number): number | undefined {
  return Number.isNaN(value) ? undefined : value
}
