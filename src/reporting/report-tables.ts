import { inReadingOrder } from '../recommendation/reading-order.ts'
import { isMeasured } from '../recommendation/recommendation.ts'
import { type SamplesNeeded, samplesNeeded } from '../recommendation/samples-needed.ts'
import {
  confidence,
  count,
  money,
  roundMoney,
  score,
  signed,
  signedInterval,
  timesBeside,
} from '../shared/format-number.ts'
import type { CycleCosts, CycleReport, EvaluationReport } from './cycle-report.ts'
import { frontCell, placesOf } from './front-cells.ts'
import { accuracyWords, costWords, failedWords, roleWords, totalWords } from './run-words.ts'
import { verdictWord } from './verdict-word.ts'

/** A table of a report, whatever it is rendered as; cells are plain text. */
export interface ReportTable {
  titles: string[]
  rows: string[][]
  /** One letter a column, `r` for right. */
  aligns: string
  /** What the columns mean. */
  note?: string
}

/** A row a tier: its incumbent, the verdict, how sure it is, and how many of its models took part. */
export function summaryTable({ evaluations }: CycleReport): ReportTable {
  const rows = evaluations.map((evaluation) => {
    const { tier, tierName, incumbent, recommendation, assignment } = evaluation
    return [
      `${tier} ${tierName}`,
      incumbent ?? 'vacant',
      verdictWord(evaluation),
      (assignment.changed ? assignment.model : recommendation.target) ?? '',
      recommendation.confidence == null ? '' : confidence(recommendation.confidence),
      testedWords(evaluation),
    ]
  })
  return { titles: ['Tier', 'Incumbent', 'Verdict', 'Model', 'Confidence', 'Models tested'], rows, aligns: 'llllrr' }
}

/** Of the models that should have been compared: `3 of 4`. */
export function testedWords({ runs, skipped }: EvaluationReport): string {
  const untested = new Set(skipped.map(({ model }) => model))
  const tested = runs.filter(({ role, model }) => role !== 'baseline' && !untested.has(model)).length
  return `${tested} of ${tested + untested.size}`
}

/** What each model did; empty without a run. */
export function runTable({ runs, failures, recommendation, pooled }: EvaluationReport): ReportTable {
  const places = placesOf(recommendation)
  const time = timesBeside(runs.flatMap(({ latencyMs: { p50, p95 } }) => [p50, p95]))
  const rows = runs.map((run) => [
    run.provider === 'simulated' ? `${run.model} (simulated)` : run.model,
    roleWords(run),
    accuracyWords(run),
    run.completeness === null ? '' : score(run.completeness),
    run.consistency === null ? 'not measured' : score(run.consistency),
    time(run.latencyMs.p50),
    time(run.latencyMs.p95),
    costWords(run),
    totalWords(run.scores),
    run.fieldRelative === null ? '' : score(run.fieldRelative),
    frontCell(run.model, places),
    failedWords(run, failures),
  ])
  const titles = [
    'Model',
    'Role',
    'Accuracy (95 %)',
    'Complete',
    'Consistent',
    'p50',
    'p95',
    'Cost',
    'Total',
    'Min-max',
    'Pareto front',
    'Failed',
  ]
  const note = `${pooled.length === 0 ? '' : `These are the figures of this evaluation alone; the verdict rests on ${pooled.length + 1}. `}Total decides; min-max is the source's score relative to this field, shown beside it. A total in brackets is without the unknown cost and not comparable. Cost is of the whole run at list price. On the Pareto front, by point estimate, is a model than which none is better in accuracy, speed or cost without being worse in another; else it is said which beats it.`
  return { titles, rows, aligns: 'llrrrrrrrrll', note }
}

/** Every challenger against the incumbent, with what the samples can show of it; empty where nothing was compared. */
export function differenceTable({ recommendation, incumbent }: EvaluationReport): ReportTable {
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
  const note =
    'Better: than the incumbent. Best: of all that keep the accuracy, in resamples of these samples; where they hardly differ it may be above Better, which allows for more. Detectable: the smallest gain that these samples show in 8 of 10 cases. More samples: to see the observed gain, if it is real.'
  return { titles, rows, aligns: 'lrrrrrrr', note }
}

function bestCell(probability: number | undefined): string {
  return probability === undefined ? '' : confidence(probability)
}

function samplesCell(needed: SamplesNeeded): string {
  if (needed.status === 'more') return count(needed.more)
  return { enough: '0', 'no-gain': 'no gain', 'out-of-reach': 'out of reach' }[needed.status]
}

/** Failed calls by model and kind; empty without one. */
export function failureTable({ failures }: EvaluationReport): ReportTable {
  const rows = failures.map(({ model, kind, calls, isOfProvider, example }) => {
    return [model, kind, count(calls), isOfProvider ? 'the provider' : 'the model', example]
  })
  return { titles: ['Model', 'Kind', 'Calls', 'Reason lies with', 'For example'], rows, aligns: 'llrll' }
}

/** What was not tested, why, and what to do about it; empty where all was. */
export function notTestedTable({ skipped }: EvaluationReport): ReportTable {
  const rows = skipped.map(({ model, reason, remedy }) => [model, reason, remedy ?? ''])
  return { titles: ['Model', 'Reason', 'Remedy'], rows, aligns: 'lll' }
}

/** What each model cost in the last seven days and costs this month; empty where nothing is known of costs. */
export function costTable(costs: CycleCosts | null): ReportTable {
  const rows = (costs?.models ?? []).map(({ model, isSimulated, weekUsd, monthUsdSoFar, monthUsdProjected }) => [
    isSimulated ? `${model} (simulated)` : model,
    money(weekUsd.test),
    money(weekUsd.live),
    money(weekUsd.shadow),
    money(monthUsdSoFar),
    monthUsdProjected === null ? money(null) : roundMoney(monthUsdProjected),
  ])
  const titles = ['Model', 'Tests', 'Live', 'Shadow', 'Month so far', 'Whole month']
  const note =
    'US dollars at list price. Tests, live requests and copies in the shadow: of the last seven days. The whole month, in UTC, is projected: its days to come are taken to be like the last seven.'
  return { titles, rows, aligns: 'lrrrrr', note }
}

/** What the source document expects, held against what was measured. */
export function expectationTable({ hypotheses }: EvaluationReport): ReportTable {
  const rows = hypotheses.map(({ id, claim, verdict, note }) => [id, claim, verdict, note])
  return { titles: ['Id', 'Claim', 'Verdict', 'Measured'], rows, aligns: 'llll' }
}
