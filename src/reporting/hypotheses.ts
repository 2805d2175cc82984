import type { Hypothesis, HypothesisMeasure } from '../datasets/load-hypotheses.ts'

export interface HypothesisVerdict {
  id: string
  claim: string
  verdict: 'PASS' | 'FAIL' | 'NOT MEASURED'
  /** The measured figure; null when there is none. */
  measured: number | null
  /** What was measured, or why nothing was. */
  note: string
}

export interface MeasuredModel {
  model: string
  accuracy: number | null
  meanLatencyMs: number | null
  costPerCallUsd: number | null
}

/** Holds each claim against what was measured; a claim about a model that did not run is NOT MEASURED. */
export function judgeHypotheses(
  hypotheses: readonly Hypothesis[],
  measured: readonly MeasuredModel[],
  seat: string | null,
): HypothesisVerdict[] {
  return hypotheses.map((hypothesis) => judge(hypothesis, measured, seat))
}

function judge(hypothesis: Hypothesis, measured: readonly MeasuredModel[], seat: string | null): HypothesisVerdict {
  const { id, claim, model, against } = hypothesis
  for (const needed of [model, against]) {
    if (needed !== undefined && !measured.some((candidate) => candidate.model === needed)) {
      return { id, claim, verdict: 'NOT MEASURED', measured: null, note: `${needed} was not evaluated` }
    }
  }
  const value = figure(hypothesis, measured, seat)
  if (value === null) return { id, claim, verdict: 'NOT MEASURED', measured: null, note: 'a needed figure is unknown' }
  const { atLeast = Number.NEGATIVE_INFINITY, atMost = Number.POSITIVE_INFINITY } = hypothesis
  const verdict = value >= atLeast && value <= atMost ? 'PASS' : 'FAIL'
  return { id, claim, verdict, measured: value, note: words[hypothesis.measure](value) }
}

function figure(
  { measure, model, against }: Hypothesis,
  measured: readonly MeasuredModel[],
  seat: string | null,
): number | null {
  const own = measured.find((candidate) => candidate.model === model)
  const other = measured.find((candidate) => candidate.model === against)
  const figures: Record<HypothesisMeasure, () => number | null> = {
    'speed-ratio': () => ratio(other?.meanLatencyMs, own?.meanLatencyMs),
    'latency-ms': () => own?.meanLatencyMs ?? null,
    accuracy: () => own?.accuracy ?? null,
    'accuracy-difference': () => difference(own?.accuracy, other?.accuracy),
    'accuracy-ratio': () => ratio(own?.accuracy, other?.accuracy),
    'cost-ratio': () => ratio(own?.costPerCallUsd, other?.costPerCallUsd),
    'holds-seat': () => (seat === model ? 1 : 0),
  }
  return figures[measure]()
}

const words: Record<HypothesisMeasure, (value: number) => string> = {
  'speed-ratio': (value) => `${value.toFixed(2)} times as fast`,
  'latency-ms': (value) => `${value.toFixed(0)} ms on average`,
  accuracy: (value) => `accuracy ${value.toFixed(1)}`,
  'accuracy-difference': (value) => `accuracy differs by ${value.toFixed(1)} points`,
  'accuracy-ratio': (value) => `${value.toFixed(2)} times the accuracy`,
  'cost-ratio': (value) => `${value.toFixed(2)} times the cost`,
  'holds-seat': (value) => (value === 1 ? 'it holds the tier' : 'another model holds the tier'),
}

function ratio(above: number | null | undefined, below: number | null | undefined): number | null {
  return above == null || below == null || below === 0 ? null : above / below
}

function difference(a: number | null | undefined, b: number | null | undefined): number | null {
  return a == null || b == null ? null : a - b
}
