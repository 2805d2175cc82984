import type { ModelAnalysis } from '../../analysis/analysis.ts'
import { capitalized } from '../../shared/capitalized.ts'
import { counted } from '../../shared/counted.ts'
import { confidence, count, duration, money, score, signed, signedInterval } from '../../shared/format-number.ts'
import type { Comparison, MeasuredComparison } from '../recommendation.ts'
import { samplesNeeded } from '../samples-needed.ts'
import { blockingSentences, blockingWords, type JudgedComparison, level } from './blocking-words.ts'
import { pairFlagWords } from './flag-words.ts'
import { metricsOf, type Story } from './story.ts'

/** One challenger against the incumbent: the difference, what it is worth, and everything that blocks a switch. */
export function comparisonText(comparison: Comparison, story: Story): string {
  const lines = isJudged(comparison) ? judgedLines(comparison, story) : unjudgedLines(comparison, story)
  const assumptions = comparison.flags.map((flag) => pairFlagWords[flag])
  return [titleOf(comparison, story), ...[...lines, ...assumptions].map((line) => `- ${line}`)].join('\n')
}

function titleOf({ model, commonItems, look }: Comparison, { recommendation, settings, applies }: Story): string {
  const isLook = look !== undefined && look <= settings.maxLooks && applies !== false
  const looks = isLook ? `, look ${look} of ${settings.maxLooks}` : ''
  return `${model} against ${recommendation.incumbent} on ${counted(commonItems, 'sample')}${looks}:`
}

function unjudgedLines(comparison: Comparison, story: Story): string[] {
  const { delta, accuracyDelta } = comparison
  const observed =
    delta === undefined
      ? []
      : [`So far ${signed(delta)} points in total and ${signed(accuracyDelta)} in accuracy: no verdict.`]
  return [...observed, blockingWords.too_few_items(comparison, metricsOf(story, comparison.model), story)]
}

function judgedLines(comparison: JudgedComparison, story: Story): string[] {
  const challenger = metricsOf(story, comparison.model)
  return [
    ...evidenceLines(comparison, story.settings.niLevel),
    ...timeAndCost(challenger, metricsOf(story, story.recommendation.incumbent)),
    stateWords[comparison.state](comparison, story),
    ...blockingSentences(comparison, challenger, story).map((block) => `Blocks a switch: ${block}`),
    detectableWords(comparison),
    ...leastError(comparison),
  ]
}

function evidenceLines(comparison: JudgedComparison, niLevel: number): string[] {
  const { delta, deltaCi95, pBetter, shrunkDelta, accuracyDelta, accuracyLower, niMargin } = comparison
  const expectation = delta > 0 ? `; expect about ${signed(shrunkDelta)} in service` : ''
  const inside = accuracyLower > -niMargin ? 'inside' : 'not shown to be inside'
  return [
    `Total score ${signed(delta)} ${signedInterval(deltaCi95)} points: ${confidence(pBetter)} ${pBetter < 0.5 ? 'likely to be' : 'confident it is'} better${expectation}.`,
    `Accuracy ${signed(accuracyDelta)} points, at ${level(niLevel)} not below ${signed(accuracyLower)}: ${inside} the margin of ${niMargin}.`,
  ]
}

/** Only where it is known of both. */
function timeAndCost(challenger: ModelAnalysis, incumbent: ModelAnalysis): string[] {
  const parts: string[] = []
  const [ownMs, otherMs] = [challenger.latency.p50, incumbent.latency.p50]
  if (ownMs !== null && otherMs !== null)
    parts.push(`median time ${duration(ownMs)}, the incumbent ${duration(otherMs)}`)
  const [ownUsd, otherUsd] = [challenger.cost.perCall, incumbent.cost.perCall]
  if (ownUsd !== null && otherUsd !== null) {
    parts.push(`${money(1000 * ownUsd)} for 1,000 calls, the incumbent ${money(1000 * otherUsd)}`)
  }
  const text = parts.join('; ')
  return text === '' ? [] : [`${capitalized(text)}.`]
}

/** What these samples can show at all, and how many it takes to show the gain that they have; a gain is at most 100 points. */
export function detectableWords(comparison: MeasuredComparison): string {
  const { clusters, mdeTotal80 } = comparison
  const samples = counted(clusters, 'independent sample')
  if (mdeTotal80 > 100) return `${samples} cannot show any gain.`
  return `${samples} show a gain of ${score(mdeTotal80)} points or more in 8 of 10 cases${samplesWords(comparison)}.`
}

/** Said where the gain is there and too small for these samples. */
function samplesWords(comparison: MeasuredComparison): string {
  const { delta } = comparison
  const needed = samplesNeeded(comparison)
  if (needed.status === 'more') {
    return `; if the ${signed(delta)} of these is real, ${count(needed.more)} more would show it`
  }
  return needed.status === 'out-of-reach' ? `; no number in reach would show ${signed(delta, 2)}` : ''
}

/** Of few samples that agree, the formulas alone would be too certain. */
function leastError({ se, seUsed, delta, clusters }: JudgedComparison): string[] {
  if (se >= seUsed) return []
  const same = delta === 0 ? 'Both did the same on every sample. ' : 'The difference is the same on every sample. '
  return [`${se < 1e-9 ? same : ''}${leastErrorWords(seUsed, clusters)}`]
}

export function leastErrorWords(seUsed: number, clusters: number): string {
  return `The standard error is taken as ${score(seUsed)} points, the least that ${counted(clusters, 'independent sample')} allow.`
}

function isJudged(comparison: Comparison): comparison is JudgedComparison {
  return comparison.look !== undefined
}

const stateWords: Record<JudgedComparison['state'], (comparison: JudgedComparison, story: Story) => string> = {
  switch: () => 'Every check of a switch is passed.',
  recommend: () => 'Good enough for the shadow, where users see nothing of it.',
  drop: ({ pNonInferior }, { settings }) =>
    pNonInferior < settings.futility
      ? 'Dropped: too unlikely to keep its accuracy inside the margin.'
      : 'Dropped: too unlikely to win.',
  inconclusive: ({ deltaCi95: [low, high], flags }) => {
    if (low > 0) return 'Undecided: better in total, and held back by what follows.'
    if (high < 0 && flags.some((flag) => flag.endsWith('_worst_case')))
      return 'Undecided: worse with what is unknown at its worst, which is no reason to drop it.'
    return high < 0 ? 'Undecided: worse so far, but not ruled out.' : 'Undecided: not measurably different in total.'
  },
}
