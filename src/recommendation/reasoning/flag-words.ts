import type { ModelFlag } from '../../analysis/analysis.ts'
import type { PairFlag } from '../recommendation.ts'

/** What has to be known about the figures of one model. */
export const modelFlagWords: Record<ModelFlag, string> = {
  latency_missing: 'latency unknown for some answers, which count 0 for speed',
  cost_missing: 'cost unknown for some answers: add the price of the model',
  all_failed: 'every call failed',
  too_few_items: 'too few samples to be compared',
  speed_clamped: 'times off the scale: set targets.latencyMs nearer to them',
  cost_clamped: 'costs off the scale: set targets.costUsd nearer to them',
}

/** What a difference assumes. */
export const pairFlagWords: Record<PairFlag, string> = {
  no_common_items: 'No sample was asked of both.',
  too_few_items: 'They share a single independent sample, which gives no interval.',
  cost_unknown_both: 'No price of either is known: cost is left out of the difference.',
  cost_missing_worst_case: 'Some costs are unknown and count at the worst for the challenger: add the price.',
  latency_unknown_both: 'No latency of either is known: speed is left out of the difference.',
  latency_missing_worst_case: 'Some latencies are unknown and count at the worst for the challenger.',
}
