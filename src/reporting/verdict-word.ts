import type { Decision } from '../recommendation/recommendation.ts'
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
export function verdictWord({ recommendation: { decision }, assignment, refusal }: EvaluationReport): string {
  if (decision === 'switch' && refusal !== null) return words.keep
  const isRefused = decision === 'initial_assignment' && !assignment.changed
  return isRefused ? words.insufficient_data : words[decision]
}
