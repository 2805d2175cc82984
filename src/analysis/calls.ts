import type { DecisionSettings, EvaluationRecord, EvaluationRecords, Week } from './evaluation-records.ts'
import { utility } from './statistics/utility.ts'

/** A record in the terms of the score. A failure counts 0 in every term and stays in the denominator. */
export interface Call {
  model: string
  item: string
  cluster: string
  week: Week
  failed: boolean
  /** 0 to 100. */
  accuracy: number
  /** Utility, 0 to 100; null where the call was answered and its latency is unknown. */
  speed: number | null
  /** Utility, 0 to 100; null where the call was answered and its cost is unknown. */
  cost: number | null
  latencyMs: number | null
  costUsd: number | null
}

/** Item → its calls; items are sorted by code point. */
export type ItemCalls = ReadonlyMap<string, readonly Call[]>

/** All records of the expected items, judged by the references and spans. */
export function callsOf(records: EvaluationRecords, settings: DecisionSettings): Call[] {
  const expected = records.items?.length ? new Set(records.items) : undefined
  return records.records
    .filter(({ item }) => expected === undefined || expected.has(item))
    .map((record) => callOf(record, records.refs, settings))
}

function callOf(record: EvaluationRecord, refs: EvaluationRecords['refs'], settings: DecisionSettings): Call {
  const { model, item, latencyMs = null, costUsd = null } = record
  const head = { model, item, cluster: record.cluster || item, week: record.week ?? null, latencyMs, costUsd }
  if (!record.ok || record.accuracy == null) return { ...head, failed: true, accuracy: 0, speed: 0, cost: 0 }
  return {
    ...head,
    failed: false,
    accuracy: record.accuracy,
    speed: latencyMs === null ? null : utility(latencyMs, refs.latencyMs, settings.spanSpeed),
    cost: costUsd === null ? null : utility(costUsd, refs.costUsd, settings.spanCost),
  }
}

/** Model → its calls; models are sorted by code point. */
export function callsByModel(calls: readonly Call[]): ReadonlyMap<string, readonly Call[]> {
  return sortedByKey(Map.groupBy(calls, ({ model }) => model))
}

/** Item → calls, of one model. */
export function callsByItem(calls: readonly Call[]): ItemCalls {
  return sortedByKey(Map.groupBy(calls, ({ item }) => item))
}

function sortedByKey<T>(groups: Map<string, T>): Map<string, T> {
  return new Map([...groups].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)))
}
