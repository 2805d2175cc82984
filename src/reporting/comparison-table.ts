import { inReadingOrder } from '../recommendation/reading-order.ts'
import { isMeasured } from '../recommendation/recommendation.ts'
import { type SamplesNeeded, samplesNeeded } from '../recommendation/samples-needed.ts'
import { confidence, count, score, signed, signedInterval } from '../shared/format-number.ts'
import type { EvaluationReport } from './cycle-report.ts'
import { table } from './markdown-table.ts'

/** Every challenger against the incumbent, with what the samples can show of it; empty where nothing was compared. */
export function comparisonTable({ recommendation, incumbent }: EvaluationReport): string {
  const rows = inReadingOrder(recommendation).map((comparison) => [
    comparison.model,
    comparison.delta === undefined ? 'not measured' : signed(comparison.delta),
    comparison.deltaCi95 === undefined ? '' : signedInterval(comparison.deltaCi95),
    comparison.accuracyDelta === undefined ? '' : signed(comparison.accuracyDelta),
    comparison.pBetter === undefined ? '' : confidence(comparison.pBetter),
    bestCell(recommendation.pBestEligible[comparison.model]),
    comparison.mdeTotal80 === undefined ? '' : score(comparison.mdeTotal80),
    isMeasured(comparison) ? samplesCell(samplesNeeded(comparison)) : '',
  ])
  if (rows.length === 0) return ''
  const titles = [
    `Against ${incumbent}`,
    'Difference',
    '95 % interval',
    'Accuracy',
    'Better',
    'Best',
    'Detectable',
    'More samples',
  ]
  return `${table(titles, rows, 'lrrrrrrr')}\n\n<sub>Better: than the incumbent. Best: of all that keep the accuracy, in resamples of these samples; where they hardly differ it may be above Better, which allows for more. Detectable: the smallest gain that these samples show in 8 of 10 cases. More samples: to see the observed gain, if it is real.</sub>`
}

function bestCell(probability: number | undefined): string {
  return probability === undefined ? '' : confidence(probability)
}

function samplesCell(needed: SamplesNeeded): string {
  if (needed.status === 'more') return count(needed.more)
  return { enough: '0', 'no-gain': 'no gain', 'out-of-reach': 'out of reach' }[needed.status]
}
