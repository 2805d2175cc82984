import type { DecisionSettings } from '../../analysis/evaluation-records.ts'
import { confidence, rate, score, signed, timesBeside } from '../../shared/format-number.ts'
import type { Gate } from '../gates.ts'
import type { BlockingReason, Comparison } from '../recommendation.ts'
import { level } from './blocking-words.ts'

/** A gate as a person reads it: what is asked, what was found, what is needed. */
export interface GateWords {
  rule: string
  found: string
  needed: string
}

export function gateWords(gate: Gate, comparison: Comparison, settings: DecisionSettings): GateWords {
  return words[gate.gate](gate, comparison, settings)
}

type Words = (gate: Gate, comparison: Comparison, settings: DecisionSettings) => GateWords

const words: Record<BlockingReason, Words> = {
  too_few_items: ({ value, limit }) => ({
    rule: 'enough independent samples to compare',
    found: count(value),
    needed: `at least ${count(limit)}`,
  }),
  too_few_items_for_switch: ({ value, limit }) => ({
    rule: 'enough independent samples for a switch',
    found: count(value),
    needed: `at least ${count(limit)}`,
  }),
  low_coverage: ({ value, limit }) => ({
    rule: 'both were asked the samples that were planned',
    found: share(value),
    needed: `at least ${share(limit)}`,
  }),
  looks_exhausted: ({ value, limit }) => ({
    rule: 'looks at this pair',
    found: count(value),
    needed: `at most ${count(limit)}`,
  }),
  total_not_significantly_better: ({ value }, { alphaLook }) => ({
    rule: `better in total${alphaLook === undefined ? '' : `, shown at ${level(1 - alphaLook)}`}`,
    found: value === null ? 'not measured' : `gain not below ${signed(value)}`,
    needed: 'above 0',
  }),
  gain_below_min_delta: ({ value, limit }) => ({
    rule: 'a gain worth a switch, in points of the total',
    found: value === null ? 'not measured' : signed(value),
    needed: `at least ${signed(limit ?? 0)}`,
  }),
  accuracy_not_shown_non_inferior: ({ value, limit }, _comparison, { niLevel }) => ({
    rule: `accuracy kept, shown at ${level(niLevel)}`,
    found: value === null ? 'not measured' : `not below ${signed(value)}`,
    needed: limit === null ? '' : `above ${signed(limit)}`,
  }),
  failure_rate_above_cap: ({ value, limit }) => ({
    rule: 'failed calls (or shown fewer than the incumbent has)',
    found: share(value),
    needed: `at most ${share(limit)}`,
  }),
  reliability_regression: ({ value, limit }, { pFailWorse }, { failLevel }) => ({
    rule: 'not shown to fail more often than the incumbent',
    found: `${points(value)}${pFailWorse === undefined ? '' : `, ${confidence(pFailWorse)} confident`}`,
    needed: `below ${points(limit)}, or below ${level(failLevel)} confident`,
  }),
  p95_above_slo: ({ value, limit }) => {
    const time = timesBeside([value, limit])
    return {
      rule: '95 of 100 answers come within',
      found: time(value),
      needed: limit === null ? 'no limit set' : `at most ${time(limit)}`,
    }
  },
  cooldown: ({ value, limit }) => ({
    rule: 'weeks since the last switch',
    found: value === null ? 'never switched' : count(value),
    needed: `at least ${count(limit)}`,
  }),
}

/** Whole where it is whole; effective numbers of samples need not be. */
function count(value: number | null): string {
  return value === null ? 'unknown' : score(value).replace(/\.0$/, '')
}

function share(value: number | null): string {
  return value === null ? 'unknown' : value === 1 ? '100\u202f%' : rate(value)
}

/** Percentage points of a difference of rates. */
function points(value: number | null): string {
  return value === null ? 'not measured' : `${signed(100 * value)} pp`
}
