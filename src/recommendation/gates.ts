import type { ModelAnalysis } from '../analysis/analysis.ts'
import type { DecisionSettings } from '../analysis/evaluation-records.ts'
import {
  type BlockingReason,
  blockingReasons,
  type Comparison,
  isMeasured,
  type MeasuredComparison,
} from './recommendation.ts'

/** One check of a switch with the figure that it looked at. The gate is named by the reason that it gives when it blocks. */
export interface Gate {
  gate: BlockingReason
  /** Null: not looked at, as there was too little to compare. */
  passed: boolean | null
  /** Null: unknown, or not there: the tier has no limit, or the seat never changed hands. */
  value: number | null
  limit: number | null
}

type Figures = Pick<Gate, 'value' | 'limit'>
type Judging = { settings: DecisionSettings; challenger: ModelAnalysis; weeksSinceSwitch: number | null }

/** Every check that stands between a challenger and a switch, passed or not, as the comparison judged it. */
export function gatesOf(comparison: Comparison, judging: Judging): Gate[] {
  return blockingReasons.map((gate) => ({
    gate,
    passed: hasPassed(gate, comparison),
    ...figures[gate](comparison, judging),
  }))
}

function hasPassed(gate: BlockingReason, { blocked, look }: Comparison): boolean | null {
  if (look === undefined && gate !== 'too_few_items') return null
  return !(blocked as readonly BlockingReason[]).includes(gate)
}

const figures: Record<BlockingReason, (comparison: Comparison, judging: Judging) => Figures> = {
  too_few_items: ({ clusters, commonItems }, { settings }) => ({
    value: clusters ?? commonItems,
    limit: settings.minItemsAdvisory,
  }),
  too_few_items_for_switch: ({ clustersEffective = null }, { settings }) => ({
    value: clustersEffective,
    limit: settings.minItemsSwitch,
  }),
  low_coverage: ({ coverage }, { settings }) => ({ value: coverage, limit: settings.minCoverage }),
  looks_exhausted: ({ look = null }, { settings }) => ({ value: look, limit: settings.maxLooks }),
  total_not_significantly_better: (comparison) => ({ value: measured(comparison, 'deltaLowerSwitch'), limit: 0 }),
  gain_below_min_delta: ({ delta = null }, { settings }) => ({ value: delta, limit: settings.minDelta }),
  accuracy_not_shown_non_inferior: (comparison) => ({
    value: measured(comparison, 'accuracyLower'),
    limit: comparison.niMargin === undefined ? null : -comparison.niMargin,
  }),
  failure_rate_above_cap: (_comparison, { settings, challenger }) => ({
    value: challenger.failureRate,
    limit: settings.failCap,
  }),
  reliability_regression: ({ failDelta = null }, { settings }) => ({ value: failDelta, limit: settings.failDelta }),
  p95_above_slo: (_comparison, { settings, challenger }) => ({
    value: challenger.latency.p95,
    limit: settings.sloP95Ms,
  }),
  cooldown: (_comparison, { settings, weeksSinceSwitch }) => ({
    value: weeksSinceSwitch,
    limit: settings.cooldownWeeks,
  }),
}

function measured(comparison: Comparison, figure: 'deltaLowerSwitch' | 'accuracyLower'): number | null {
  return isMeasured(comparison) ? (comparison as MeasuredComparison)[figure] : null
}
