import { confidence } from '../../shared/format-number.ts'
import type { ParetoPlace } from '../pareto-front.ts'
import { isMeasured } from '../recommendation.ts'
import { weightsInWords } from '../weights-in-words.ts'
import type { WeightFlip, WeightsThatFlip } from '../weights-that-flip.ts'
import type { Story } from './story.ts'

/** What the weights mean, which weights would change the answer, and how the models stand whatever the weights are. */
export function evidenceText(story: Story): string {
  const { recommendation, settings, analysis } = story
  if (Object.keys(analysis.models).length === 0) return ''
  const lines = [weightsInWords(settings), ...(recommendation.decision === 'invalid_run' ? [] : dependingWords(story))]
  return ['Weights, and what depends on them:', ...lines.map((line) => `- ${line}`)].join('\n')
}

/** Of a run that says nothing about the models none of it would be true. */
function dependingWords(story: Story): string[] {
  const { target, evidence } = story.recommendation
  const { weightsThatFlip = null, paretoFront = [] } = evidence ?? {}
  return [
    ...(weightsThatFlip === null ? [] : [flipWords(weightsThatFlip, target)]),
    ...frontWords(paretoFront),
    ...bestWords(story),
  ]
}

/**
 * By point estimate: intervals are not looked at, nor gates, which is said where they decided otherwise.
 * @param target of the verdict
 */
export function flipWords({ leader, flips }: WeightsThatFlip, target: string | null): string {
  const leads = `${leader} has the best total by point estimate${leader === target ? '' : ', gates aside'}`
  if (flips.length === 0) return `${leads}, whatever the weights are.`
  const byWinner = [...Map.groupBy(flips, ({ winner }) => winner)]
  const cases = byWinner.map(([winner, own]) => `to ${winner} if ${listed(own.map(flipCase), 'or')}`)
  return `${leads}; that flips ${cases.join(', and ')}, the other weights in proportion.`
}

function flipCase({ term, weight, side, share }: WeightFlip): string {
  return `${term} weighs ${side === 'above' ? 'more' : 'less'} than ${percent(share, weight)} (now ${percent(weight)})`
}

function listed(parts: readonly string[], word: string): string {
  return parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} ${word} ${parts.at(-1)}`
}

/** Whole percent, with as many decimals as it takes to tell it from the weight that is set. */
export function percent(share: number, other?: number): string {
  for (const decimals of [0, 1, 2]) {
    const text = (100 * share).toFixed(decimals)
    const isTold = other === undefined || text !== (100 * other).toFixed(decimals)
    if (isTold && Number(text) > 0 && Number(text) < 100) return `${text}\u202f%`
  }
  return `${Number((100 * share).toFixed(2))}\u202f%`
}

/** Nothing where there are fewer than two models to place. */
export function frontWords(places: readonly ParetoPlace[]): string[] {
  const front = places.filter(({ status }) => status === 'front').map(({ model }) => model)
  const beaten = places.flatMap((place) => (place.status === 'beaten' ? [`${place.model} by ${place.by}`] : []))
  const unknown = places.filter(({ status }) => status === 'unknown').map(({ model }) => model)
  if (front.length + beaten.length < 2) return []
  const sentence =
    front.length === 1
      ? `By point estimate no model is better than ${front[0]} in accuracy, speed or cost.`
      : `On the Pareto front (by point estimate none is better in accuracy, speed or cost without being worse in another): ${front.join(', ')}.`
  const others = [
    ...(front.length > 1 && beaten.length > 0 ? [`Beaten: ${beaten.join(', ')}.`] : []),
    ...(unknown.length > 0 ? [`Not placed, as the price is unknown: ${unknown.join(', ')}.`] : []),
  ]
  return [[sentence, ...others].join(' ')]
}

/** The bootstrap assumes the worst of a value that nobody knows, which the comparison leaves out: then it says nothing. */
function bestWords({ recommendation: { pBest, pBestEligible, comparisons } }: Story): string[] {
  const isLeftOut = comparisons.some(({ flags }) => flags.some((flag) => flag.endsWith('_unknown_both')))
  if (isLeftOut || Object.keys(pBest).length < 2) return []
  const [best, eligible] = [shares(pBest), shares(pBestEligible)]
  const amongEligible =
    Object.keys(pBestEligible).length < 2 || eligible === best
      ? ''
      : `; among those that keep the accuracy: ${eligible}`
  const isWidened = comparisons.filter(isMeasured).some(({ se, seUsed }) => se < seUsed)
  const basis = isWidened ? ' It rests on these samples alone, without the least standard error.' : ''
  return [`Probability of having the best total: ${best}${amongEligible}.${basis}`]
}

const negligible = 0.001

/** Those that have hardly a chance stand together. */
function shares(probabilities: Readonly<Record<string, number>>): string {
  const likeliestFirst = Object.entries(probabilities).toSorted(([, one], [, other]) => other - one)
  const told = likeliestFirst.filter(([, probability], rank) => rank < 1 || probability >= negligible)
  const others = likeliestFirst.length - told.length
  const words = told.map(([model, probability]) => `${model} ${confidence(probability)}`)
  if (others === 1) words.push(`${likeliestFirst.at(-1)?.[0]} ${confidence(0)}`)
  if (others > 1) words.push(`the other ${others} ${confidence(0)} each`)
  return words.join(', ')
}
