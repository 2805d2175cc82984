import type { Decision } from '../recommendation/recommendation.ts'

/** Where the seat does not change hands: a first assignment that is not made leaves it vacant. */
const words: Record<Decision, string> = {
  switch: 'Switch',
  keep: 'Keep',
  initial_assignment: 'Gather more',
  recommend: 'Gather more',
  insufficient_data: 'Gather more',
  invalid_run: 'Gather more',
  incumbent_missing: 'Gather more',
}

/** One of the three verdicts that people read: Switch, Keep, Gather more. */
export function verdictWord({
  recommendation: { decision },
  assignment,
  refusal,
}: {
  recommendation: { decision: Decision }
  assignment: { changed: boolean }
  refusal: string | null
}): string {
  if (assignment.changed) return words.switch
  return decision === 'switch' && refusal !== null ? words.keep : words[decision]
}
