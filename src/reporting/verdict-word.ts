import type { Decision } from '../recommendation/recommendation.ts'

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
