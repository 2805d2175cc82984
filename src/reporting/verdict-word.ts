import type { Decision } from '../recommendation/recommendation.ts'
import { confidence } from '../shared/format-number.ts'
import type { EvaluationReport } from './cycle-report.ts'

const words: Record<Decision, string> = {
  switch: 'Switch',
  initial_assignment: 'Switch',
  keep: 'Keep',
  recommend: 'Gather more',
  insufficient_data: 'Gather more',
  invalid_run: 'Gather more',
  incumbent_missing: 'Gather more',
}

/** One of the three verdicts that people read: Switch, Keep, Gather more. */
export function verdictWord(decision: Decision): string {
  return words[decision]
}

/** The verdict on a tier in one line, for a terminal. */
export function verdictSentence({ tier, tierName, recommendation, incumbent, assignment }: EvaluationReport): string {
  const { decision, target } = recommendation
  const sure = recommendation.confidence == null ? '' : ` (confidence ${confidence(recommendation.confidence)})`
  const sentences: Record<Decision, string> = {
    switch: `switch to ${target}${sure}`,
    recommend: `try ${target} in the shadow${sure}`,
    keep: `keep ${incumbent}${sure}`,
    initial_assignment: assignment.changed
      ? `${target} takes the vacant seat${sure}`
      : `${target} is the best choice, the seat stays vacant`,
    insufficient_data: 'nothing could be compared',
    invalid_run: 'the calls failed too often to tell anything',
    incumbent_missing: `${incumbent} holds the tier and could not be asked`,
  }
  return `Tier ${tier} ${tierName}: ${verdictWord(decision)}. ${sentences[decision]}.`
}
