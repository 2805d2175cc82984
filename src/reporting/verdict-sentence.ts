import type { CycleReport, EvaluationReport } from './cycle-report.ts'
import { tierRanges } from './tier-ranges.ts'

/** The one sentence of a cycle that may be forwarded: who moves first, then who stays. */
export function verdictSentence(report: CycleReport): string {
  return verdictSentences(report).join(' ')
}

/**
 * The same sentence by sentence.
 * @param most of the tiers that have news of their own, so many; the others are counted
 */
export function verdictSentences(report: CycleReport, most = Number.POSITIVE_INFINITY): string[] {
  if (report.evaluations.length === 0) return ['Nothing was evaluated.']
  const news = tiersByNews(report)
  const own = news.filter(({ outcome }) => !together.has(outcome))
  const more = own.length - most
  return [
    ...own.slice(0, most).map(({ outcome, evaluations }) => sentenceOf(outcome, evaluations)),
    ...(more > 0 ? [`${more} more ${more === 1 ? 'tier has' : 'tiers have'} news.`] : []),
    ...news.filter(({ outcome }) => together.has(outcome)).map((each) => sentenceOf(each.outcome, each.evaluations)),
  ]
}

/** Tiers that have the same to say, the greatest news first. */
export interface TierNews {
  outcome: Outcome
  evaluations: EvaluationReport[]
}

export function tiersByNews({ evaluations }: CycleReport): TierNews[] {
  const grouped = Map.groupBy(evaluations, outcomeOf)
  return order.flatMap((outcome) => {
    const tiers = grouped.get(outcome) ?? []
    if (tiers.length === 0) return []
    return together.has(outcome)
      ? [{ outcome, evaluations: tiers }]
      : tiers.map((tier) => ({ outcome, evaluations: [tier] }))
  })
}

export type Outcome =
  | 'rolled-back'
  | 'worse'
  | 'moved'
  | 'moving'
  | 'waiting'
  | 'better'
  | 'undecided'
  | 'vacant'
  | 'kept'

const order: Outcome[] = ['rolled-back', 'worse', 'moved', 'moving', 'waiting', 'better', 'undecided', 'vacant', 'kept']
/** Tiers that have nothing of their own to say share a sentence. */
const together = new Set<Outcome>(['undecided', 'vacant', 'kept'])

function outcomeOf({
  assignment,
  drift,
  recommendation,
  refusal,
  rolloutPolicy,
  incumbent,
}: EvaluationReport): Outcome {
  if (assignment.changed) return drift?.status === 'rollback' ? 'rolled-back' : 'moved'
  if (drift?.status === 'rollback') return 'worse'
  if (recommendation.decision === 'invalid_run') return 'undecided'
  if (incumbent === null) return 'vacant'
  const isFor = recommendation.decision === 'switch' || recommendation.decision === 'recommend'
  if (!isFor || refusal !== null || recommendation.target === incumbent) return 'kept'
  if (rolloutPolicy === 'auto') return recommendation.decision === 'switch' ? 'moving' : 'kept'
  return rolloutPolicy === 'approve' ? 'waiting' : 'better'
}

function sentenceOf(outcome: Outcome, evaluations: readonly EvaluationReport[]): string {
  const isOne = evaluations.length === 1
  const tiers = tierWords(evaluations)
  const { assignment, recommendation, incumbent } = evaluations[0] ?? nothingKnown
  switch (outcome) {
    case 'rolled-back':
      return `${tiers} is on ${assignment.model} again.`
    case 'worse':
      return `${incumbent} on tier ${numbersOf(evaluations)} has become worse.`
    case 'moved':
      return `${tiers} has moved to ${assignment.model}.`
    case 'moving':
      return `${tiers} starts moving to ${recommendation.target}.`
    case 'waiting':
      return `${tiers} waits for your word on ${recommendation.target}.`
    case 'better':
      return `${recommendation.target} could take tier ${numbersOf(evaluations)}.`
    case 'undecided':
      return `${tiers} ${isOne ? 'was' : 'were'} not decided.`
    case 'vacant':
      return `${tiers} ${isOne ? 'has' : 'have'} no model yet.`
    case 'kept':
      return `${tiers} ${isOne ? 'keeps its' : 'keep their'} model.`
  }
}

const nothingKnown = { assignment: { model: null }, recommendation: { target: null }, incumbent: null }

/** `Tier 1`, `Tiers 1 and 2`, `Tiers 1, 4 to 9 and 12`. */
export function tierWords(evaluations: readonly EvaluationReport[]): string {
  return `${evaluations.length === 1 ? 'Tier' : 'Tiers'} ${numbersOf(evaluations)}`
}

function numbersOf(evaluations: readonly EvaluationReport[]): string {
  const words = tierRanges(evaluations.map(({ tier }) => tier))
  return words.length === 1 ? words.join() : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`
}
