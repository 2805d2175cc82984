import type { ModelAnalysis } from '../../analysis/analysis.ts'
import { counted } from '../../shared/counted.ts'
import { confidence, duration, rate, score, signed } from '../../shared/format-number.ts'
import type { BlockingReason, Comparison, Judged, MeasuredComparison } from '../recommendation.ts'
import { lockEnd } from './set-aside-text.ts'
import type { Story } from './story.ts'

/** A comparison that was judged, so that anything may block it. */
export type JudgedComparison = MeasuredComparison & Judged
type Words<C> = (comparison: C, challenger: ModelAnalysis, story: Story) => string

/** Every reason that blocks a switch, as a sentence with the figures that made it. */
export const blockingWords: { too_few_items: Words<Comparison> } & Record<BlockingReason, Words<JudgedComparison>> = {
  too_few_items: ({ commonItems, clusters = commonItems }, _challenger, { settings }) =>
    `${counted(clusters, 'independent sample')} of both ${clusters === 1 ? 'is' : 'are'} too few for a comparison, ` +
    `which needs ${settings.minItemsAdvisory}.`,
  too_few_items_for_switch: ({ clustersEffective }, _challenger, { settings }) =>
    `${score(clustersEffective).replace(/\.0$/, '')} independent samples are too few for a switch, which needs ${settings.minItemsSwitch}.`,
  low_coverage: ({ commonItems, coverage }, _challenger, { settings }) =>
    `Both were asked only ${commonItems} of the ${Math.round(commonItems / coverage)} expected samples; ` +
    `a switch needs ${rate(settings.minCoverage)} of them.`,
  looks_exhausted: (_comparison, _challenger, { settings }) =>
    `${counted(settings.maxLooks, 'look')} used; locked ${lockEnd}.`,
  total_not_significantly_better: ({ delta, deltaLowerSwitch, alphaLook }, _challenger, { settings }) =>
    delta <= 0
      ? `It is not better in total; a switch needs a gain of ${signed(settings.minDelta)} points, shown at ${level(1 - alphaLook)}.`
      : `The gain is not certain enough: at the ${level(1 - alphaLook)} that a switch needs it may be as low as ` +
        `${signed(deltaLowerSwitch)} points, and has to be above 0.`,
  gain_below_min_delta: ({ delta }, _challenger, { settings: { minDelta } }) =>
    `The difference of ${signed(delta, signed(delta) === signed(minDelta) ? 2 : 1)} points is below the ` +
    `${signed(minDelta)} that a switch has to bring.`,
  accuracy_not_shown_non_inferior: () => 'Its accuracy is not shown to be kept.',
  failure_rate_above_cap: (_comparison, { failed, records, failureRate, failureCi95: [low, high] }, { settings }) =>
    `${failed} of its ${counted(records, 'call')} failed (${rate(failureRate)}; ${rate(low)} to ${rate(high)}); the limit is ${rate(settings.failCap)}.`,
  reliability_regression: ({ failDelta, pFailWorse }, _challenger, { recommendation: { incumbent } }) =>
    `It fails in ${score(100 * failDelta)} percentage points more of its calls than ${incumbent}; ` +
    `${confidence(pFailWorse)} confident that it fails more often.`,
  p95_above_slo: (_comparison, { latency: { p95 } }, { settings }) =>
    p95 === null
      ? `Its latency is unknown, so that the limit of ${duration(settings.sloP95Ms)} for 95 of 100 answers cannot be checked.`
      : `95 of 100 answers take up to ${duration(p95)}; the limit is ${duration(settings.sloP95Ms)}.`,
  cooldown: (_comparison, _challenger, { weeksSinceSwitch, settings }) =>
    `The seat changed hands ${weeksSinceSwitch == null ? 'lately' : `${counted(weeksSinceSwitch, 'week')} ago`}; ` +
    `it rests for ${counted(settings.cooldownWeeks, 'week')} after a switch.`,
}

/** What blocks a switch, a sentence each; where there is no gain, that it is too small is not said beside it. */
export function blockingSentences(comparison: JudgedComparison, challenger: ModelAnalysis, story: Story): string[] {
  const { blocked, delta } = comparison
  const isNoGain = delta <= 0 && blocked.includes('total_not_significantly_better')
  return blocked
    .filter((reason) => !(isNoGain && reason === 'gain_below_min_delta'))
    .map((reason) => blockingWords[reason](comparison, challenger, story))
}

/** A level of certainty, which unlike a confidence is a setting and exact: 97.5 %. */
export function level(probability: number): string {
  return `${Number((100 * probability).toFixed(2))}\u202f%`
}
