import type { EvaluationRecord } from '../analysis/evaluation-records.ts'

/**
 * Records of one model by their place in its plan: call = repeat × samples + place of the sample. Their memory is all there
 * before the first comes and does not grow.
 */
export interface PlannedRecords {
  set(call: number, record: EvaluationRecord): void
  has(call: number): boolean
  /** The first so many, all of which must be there. */
  first(calls: number): EvaluationRecord[]
}

const states = { none: 0, failed: 1, ok: 2 }

/** @param plan samples in the order in which they are asked, `repeats` times each; records are of one week */
export function createPlannedRecords(
  model: string,
  { samples, repeats }: { samples: readonly string[]; repeats: number },
): PlannedRecords {
  const calls = samples.length * repeats
  const state = new Uint8Array(calls)
  const [accuracy, latencyMs, costUsd] = [column(calls), column(calls), column(calls)]
  const clusters = samples.map((): string | null => null)

  function recordAt(call: number): EvaluationRecord {
    const place = call % samples.length
    return {
      item: samples[place] ?? '',
      model,
      repeat: Math.floor(call / samples.length),
      ok: state[call] === states.ok,
      accuracy: valueAt(accuracy, call),
      latencyMs: valueAt(latencyMs, call),
      costUsd: valueAt(costUsd, call),
      cluster: clusters[place] ?? null,
    }
  }

  return {
    set(call, record) {
      state[call] = record.ok ? states.ok : states.failed
      accuracy[call] = record.accuracy ?? Number.NaN
      latencyMs[call] = record.latencyMs ?? Number.NaN
      costUsd[call] = record.costUsd ?? Number.NaN
      clusters[call % samples.length] = record.cluster ?? null
    },
    has: (call) => state[call] === states.failed || state[call] === states.ok,
    first: (count) => Array.from({ length: count }, (_none, call) => recordAt(call)),
  }
}

/** NaN stands for null. */
function column(calls: number): Float64Array {
  return new Float64Array(calls).fill(Number.NaN)
}

function valueAt(values: Float64Array, call: number): number | null {
  const value = values[call]
  return value === undefined || Number.isNaN(value) ? null : value
}
