import { confidence, signed, signedInterval } from '../../shared/format-number.ts'
import type { BaselineCheck } from '../beats-baselines.ts'
import type { Decision } from '../recommendation.ts'
import { rounded } from '../rounded.ts'
import { fieldReasonWords, isFieldReason } from './field-reason-words.ts'
import { isRefused, metricsOf, type Story, seatWords, tierWords } from './story.ts'

/** The verdict in a sentence or two, and what it rests on where that is no comparison. */
export function headline(story: Story): string {
  const { decision, reasons } = story.recommendation
  // A refusal is final whatever the confidence was.
  const why = (isRefused(story) ? [] : reasons).filter(isFieldReason).map((reason) => fieldReasonWords[reason](story))
  return [`${tierWords(story)}: ${verdicts[decision](story)}`, ...why].join(' ')
}

const verdicts: Record<Decision, (story: Story) => string> = {
  switch: (story) => {
    const { incumbent, target, confidence: probability } = story.recommendation
    if (story.refusal !== undefined)
      return `${seatWords(story)}. ${target} is better, ${confidence(probability)} confident, but ${story.refusal}.`
    return `switch from ${incumbent} to ${target}. ${confidence(probability)} confident it is better.${tieWords(story)}`
  },
  recommend: (story) => {
    const { target, confidence: probability } = story.recommendation
    const sure = `${confidence(probability)} confident it is better, not enough for a switch`
    return `${seatWords(story)}. ${target} is good enough for the shadow: ${sure}.`
  },
  keep: (story) => `${seatWords(story)}. ${keepingWords(story)}`.trim(),
  insufficient_data: (story) => `there is too little to decide on; ${seatWords(story)}.`,
  invalid_run: (story) =>
    `${story.degraded === true ? 'nothing could be compared' : 'this run says nothing about the models'}; ${seatWords(story)}.`,
  incumbent_missing: (story) => `nothing could be compared; ${seatWords(story)}.`,
  initial_assignment: initialWords,
}

/** Who gains as much and is not chosen, and why. */
function tieWords(story: Story): string {
  const { target, comparisons } = story.recommendation
  const winners = comparisons.filter(({ state }) => state === 'switch')
  const gain = winners.find(({ model }) => model === target)?.delta ?? 0
  const equal = winners.filter(({ model, delta }) => model !== target && rounded(delta ?? 0) === rounded(gain))
  const [other] = equal.map(({ model }) => model)
  if (other === undefined) return ''
  const [own, tied] = [metricsOf(story, target), metricsOf(story, other)]
  const isCheaper = own.cost.perCall !== null && own.cost.perCall !== tied.cost.perCall
  const why =
    own.failureRate < tied.failureRate ? 'fails less often' : isCheaper ? 'costs less' : 'comes first by its name'
  return ` ${other} gains as much; ${target} ${why}.`
}

function keepingWords({ recommendation, settings, degraded = false }: Story): string {
  const { comparisons, confidence: probability } = recommendation
  if (comparisons.length === 0 || degraded) return ''
  if (probability === null) return 'Every challenger is held back by a limit, so there is no confidence to state.'
  const undecided = comparisons
    .filter((pair) => pair.state === 'inconclusive' && pair.pBetter >= settings.futility)
    .map(({ model }) => model)
  const sure = `${confidence(probability)} confident in keeping it`
  if (undecided.length === 0) return `${sure}: no challenger is likely to be better.`
  return `${sure}. Gather more: ${undecided.join(', ')} ${undecided.length === 1 ? 'is' : 'are'} neither shown to be better nor ruled out.`
}

function initialWords(story: Story): string {
  const { target, confidence: probability } = story.recommendation
  const floor = floorWords(target, story.baselineCheck)
  if (isRefused(story))
    return `the seat stays vacant. ${target} is the best of the models, but ${story.refusal ?? floor}.`
  const sure =
    typeof probability === 'number'
      ? ` ${confidence(probability)} likely to have the best total of all, less accurate models included.`
      : ''
  const goes = story.applies === false ? 'is vacant and would go' : 'was vacant and goes'
  return `the seat ${goes} to ${target}: the best total within the margin of the best accuracy.${sure}${floor === '' ? '' : ` In accuracy ${target} ${floor}.`}`
}

function floorWords(target: string | null, check: BaselineCheck | undefined): string {
  if (check === undefined || target === null) return ''
  if (check.status === 'no-baseline') return 'could not be held against a baseline, as there is none'
  const { baseline, difference, interval90 } = check
  const gap =
    difference === null
      ? 'no sample in common'
      : `${signed(difference)}${interval90 === null ? '' : ` ${signedInterval(interval90)}`}`
  return check.status === 'above'
    ? `is above the best baseline ${baseline}: ${gap} points`
    : `it is not shown to be above the best baseline ${baseline} in accuracy: ${gap}${difference === null ? '' : ' points'}`
}
