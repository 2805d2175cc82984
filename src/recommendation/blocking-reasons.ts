import type { ModelAnalysis } from '../analysis/analysis.ts'
import type { DecisionSettings } from '../analysis/evaluation-records.ts'
import { isAbove, isBelow } from '../analysis/statistics/tolerance.ts'
import type { MeasuredPair } from './compare.ts'
import type { BlockingReason } from './recommendation.ts'

/** What a comparison is judged by besides its numbers. */
export interface JudgedBy {
  settings: DecisionSettings
  challenger: ModelAnalysis
  look: number
  /** Null: the seat never changed hands. */
  weeksSinceSwitch: number | null
}

/** Everything that blocks a switch to the challenger (decisions.md section 6.2); empty when nothing does. */
export function blockingReasonsOf(pair: MeasuredPair, by: JudgedBy): BlockingReason[] {
  return (Object.keys(blocks) as (keyof typeof blocks)[]).filter((reason) => blocks[reason](pair, by))
}

type Check = (pair: MeasuredPair, by: JudgedBy) => boolean

/** When each reason blocks, in the order in which reasons are listed. */
const blocks: Record<Exclude<BlockingReason, 'too_few_items'>, Check> = {
  too_few_items_for_switch: ({ clustersEffective }, { settings }) =>
    isBelow(clustersEffective, settings.minItemsSwitch, settings.tieTol),
  low_coverage: ({ coverage }, { settings }) => isBelow(coverage, settings.minCoverage, settings.tieTol),
  looks_exhausted: (_pair, { look, settings }) => look > settings.maxLooks,
  total_not_significantly_better: ({ deltaLowerSwitch }, { settings }) =>
    !isAbove(deltaLowerSwitch, 0, settings.tieTol),
  gain_below_min_delta: ({ delta }, { settings }) => isBelow(delta, settings.minDelta, settings.tieTol),
  accuracy_not_shown_non_inferior: ({ accuracyLower, niMargin }, { settings }) =>
    !isAbove(accuracyLower, -niMargin, settings.tieTol),
  failure_rate_above_cap: (pair, by) =>
    isAbove(by.challenger.failureRate, by.settings.failCap, by.settings.tieTol) && !isShownMoreReliable(pair, by),
  reliability_regression: ({ failDelta, pFailWorse }, { settings }) =>
    !isBelow(failDelta, settings.failDelta, settings.tieTol) &&
    !isBelow(pFailWorse, settings.failLevel, settings.tieTol),
  p95_above_slo: (_pair, { challenger, settings }) =>
    settings.sloP95Ms !== null &&
    (challenger.latency.p95 === null || isAbove(challenger.latency.p95, settings.sloP95Ms, settings.tieTol)),
  cooldown: (_pair, { weeksSinceSwitch, settings }) =>
    weeksSinceSwitch !== null && isBelow(weeksSinceSwitch, settings.cooldownWeeks, settings.tieTol),
}

/** Whether the reason also keeps a challenger out of the shadow: its users would be served worse than now. */
export function isHard(reason: BlockingReason): boolean {
  return reason === 'failure_rate_above_cap' || reason === 'reliability_regression' || reason === 'p95_above_slo'
}

/** A challenger may fail more often than the cap where the incumbent is shown to fail more often still. */
function isShownMoreReliable({ failDelta, pFailWorse }: MeasuredPair, { settings }: JudgedBy): boolean {
  const { failDelta: least, failLevel, tieTol } = settings
  return !isAbove(failDelta, -least, tieTol) && !isAbove(pFailWorse, 1 - failLevel, tieTol)
}
