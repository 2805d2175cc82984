import type { Analysis, ModelAnalysis, ModelFlag } from './analysis.ts'
import { type Call, callsByItem, callsByModel, callsOf, type ItemCalls } from './calls.ts'
import { settingsOf } from './decision-settings.ts'
import type { DecisionSettings, EvaluationRecords } from './evaluation-records.ts'
import { itemScores, meanOf } from './item-scores.ts'
import { repeatStability } from './repeat-stability.ts'
import { type ClusteredMean, clusteredMean, type Observation } from './statistics/clustered-mean.ts'
import { mean } from './statistics/mean.ts'
import { quantile } from './statistics/quantile.ts'
import { studentQuantile } from './statistics/student-t.ts'
import { wilsonInterval } from './statistics/wilson-interval.ts'

/**
 * Metrics with intervals for every model (decisions.md section 6.1). A model's value is the mean over its items of the
 * mean over the item's calls; failures count 0. Repeats and weeks of an item are pooled.
 * @param records checked ones: `parseEvaluationRecords`, or made by this program
 */
export function analyse(records: EvaluationRecords): Analysis {
  const settings = settingsOf(records)
  const models = [...callsByModel(callsOf(records, settings))]
  return {
    tier: records.tier ?? null,
    models: Object.fromEntries(models.map(([model, calls]) => [model, analyseModel(callsByItem(calls), settings)])),
  }
}

function analyseModel(items: ItemCalls, settings: DecisionSettings): ModelAnalysis {
  const calls = [...items.values()].flat()
  const answered = calls.filter(({ failed }) => !failed)
  const failed = calls.length - answered.length
  const accuracy = clusteredMean(accuracyByItem(items))
  return {
    items: items.size,
    clusters: accuracy.clusters,
    records: calls.length,
    failed,
    failureRate: failed / calls.length,
    failureCi95: wilsonInterval(failed, calls.length) ?? [0, 1],
    accuracy: accuracy.mean,
    accuracySe: accuracy.standardError,
    accuracyCi95: interval95(accuracy),
    accuracyOkOnly: mean(answered.map((call) => call.accuracy)) ?? null,
    latency: latencyOf(answered),
    cost: costOf(calls, answered),
    ...repeatStability(items, settings.tieTol),
    scores: scoresOf(items, answered, accuracy.mean, settings),
    flags: flagsOf(calls, answered, accuracy.clusters, settings),
  }
}

function accuracyByItem(items: ItemCalls): Observation[] {
  return [...items].map(([item, calls]) => ({
    value: meanOf(calls, ({ accuracy }) => accuracy),
    cluster: calls[0]?.cluster ?? item,
  }))
}

function interval95({ mean: centre, standardError, effectiveClusters }: ClusteredMean): [number, number] | null {
  if (standardError === null) return null
  const half = studentQuantile(0.975, effectiveClusters - 1) * standardError
  return [Math.max(0, centre - half), Math.min(100, centre + half)]
}

function latencyOf(answered: readonly Call[]): ModelAnalysis['latency'] {
  const known = answered.flatMap(({ latencyMs }) => latencyMs ?? [])
  const ascending = known.toSorted((a, b) => a - b)
  return {
    mean: mean(known) ?? null,
    p50: quantile(ascending, 0.5) ?? null,
    p95: quantile(ascending, 0.95) ?? null,
    p99: quantile(ascending, 0.99) ?? null,
    n: known.length,
  }
}

function costOf(calls: readonly Call[], answered: readonly Call[]): ModelAnalysis['cost'] {
  const known = calls.flatMap(({ costUsd }) => costUsd ?? [])
  if (known.length === 0) return { total: null, perCall: null, perOk: null }
  const total = known.reduce((sum, costUsd) => sum + costUsd, 0)
  const isWhole = answered.length > 0 && answered.every(({ costUsd }) => costUsd !== null)
  return { total, perCall: mean(known) ?? null, perOk: isWhole ? total / answered.length : null }
}

function scoresOf(
  items: ItemCalls,
  answered: readonly Call[],
  accuracy: number,
  settings: DecisionSettings,
): ModelAnalysis['scores'] {
  const speed = meanOf([...items.values()], (item) => meanOf(item, (call) => call.speed ?? 0))
  const isCostKnown = answered.every((call) => call.cost !== null)
  const cost = isCostKnown ? meanOf([...items.values()], (item) => meanOf(item, (call) => call.cost ?? 0)) : null
  const scores = { accuracy, speed, cost }
  return {
    ...scores,
    total: settings.formula === null ? weightedTotal(scores, settings) : formulaTotal(items, settings),
  }
}

function weightedTotal(
  { accuracy, speed, cost }: Omit<ModelAnalysis['scores'], 'total'>,
  { weights }: DecisionSettings,
) {
  const accuracyAndSpeed = weights.accuracy * accuracy + weights.speed * speed
  return cost === null ? accuracyAndSpeed / (weights.accuracy + weights.speed) : accuracyAndSpeed + weights.cost * cost
}

/** A formula is no sum that a term could be left out of: what is unknown counts 0. */
function formulaTotal(items: ItemCalls, settings: DecisionSettings): number {
  return meanOf([...items.values()], (calls) => itemScores(calls, settings, { speed: 0, cost: 0 }).total)
}

function flagsOf(calls: readonly Call[], answered: readonly Call[], clusters: number, settings: DecisionSettings) {
  const flags: ModelFlag[] = []
  if (answered.some(({ speed }) => speed === null)) flags.push('latency_missing')
  if (answered.some(({ cost }) => cost === null)) flags.push('cost_missing')
  if (answered.length === 0 && calls.length > 0) flags.push('all_failed')
  if (clusters < settings.minItemsAdvisory) flags.push('too_few_items')
  return flags
}
