import type { CycleReport, EvaluationReport } from './cycle-report.ts'

/** The one sentence of a cycle that may be forwarded: who moves first, then who stays. */
export function verdictSentence({ evaluations }: CycleReport): string {
  if (evaluations.length === 0) return 'Nothing was evaluated.'
  const grouped = Map.groupBy(evaluations, outcomeOf)
  const sentences = order.flatMap((outcome) => {
    const tiers = grouped.get(outcome) ?? []
    return together.has(outcome) && tiers.length > 0
      ? [sentenceOf(outcome, tiers)]
      : tiers.map((tier) => sentenceOf(outcome, [tier]))
  })
  return sentences.join(' ')
}

type Outcome = 'moved' | 'rolled-back' | 'moving' | 'waiting' | 'better' | 'undecided' | 'vacant' | 'kept'

const order: Outcome[] = ['rolled-back', 'moved', 'moving', 'waiting', 'better', 'undecided', 'vacant', 'kept']
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
  if (recommendation.decision === 'invalid_run') return 'undecided'
  if (incumbent === null) return 'vacant'
  const isFor = recommendation.decision === 'switch' || recommendation.decision === 'recommend'
  if (!isFor || refusal !== null || recommendation.target === incumbent) return 'kept'
  if (rolloutPolicy === 'auto') return recommendation.decision === 'switch' ? 'moving' : 'kept'
  return rolloutPolicy === 'approve' ? 'waiting' : 'better'
}

function sentenceOf(outcome: Outcome, evaluations: readonly EvaluationReport[]): string {
  const [
    { tier, assignment, recommendation } = { tier: 0, assignment: { model: null }, recommendation: { target: null } },
  ] = evaluations
  const isOne = evaluations.length === 1
  const tiers = tierWords(evaluations)
  switch (outcome) {
    case 'rolled-back':
      return `Tier ${tier} is on ${assignment.model} again.`
    case 'moved':
      return `Tier ${tier} has moved to ${assignment.model}.`
    case 'moving':
      return `Tier ${tier} starts moving to ${recommendation.target}.`
    case 'waiting':
      return `Tier ${tier} waits for your word on ${recommendation.target}.`
    case 'better':
      return `${recommendation.target} could take tier ${tier}.`
    case 'undecided':
      return `${tiers} ${isOne ? 'was' : 'were'} not decided.`
    case 'vacant':
      return `${tiers} ${isOne ? 'has' : 'have'} no model yet.`
    case 'kept':
      return `${tiers} ${isOne ? 'keeps its' : 'keep their'} model.`
  }
}

/** `Tier 1`, `Tiers 1 and 2`, `Tiers 1, 2 and 3`. */
function tierWords(evaluations: readonly EvaluationReport[]): string {
  const numbers = evaluations.map(({ tier }) => String(tier))
  if (numbers.length === 1) return `Tier ${numbers[0]}`
  return `Tiers ${numbers.slice(0, -1).join(', ')} and ${numbers.at(-1)}`
}
