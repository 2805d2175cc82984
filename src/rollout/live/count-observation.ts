import type { LiveObservation } from './live-observation.ts'

/** What an arm of a stage has counted. */
export interface Tally {
  n: number
  errors: number
  invalid: number
  slow: number
  /** Answers that could be compared with the other arm's. */
  compared: number
  disagree: number
}

export type TallyArm = 'incumbent' | 'challenger'

export const emptyTally: Readonly<Tally> = { n: 0, errors: 0, invalid: 0, slow: 0, compared: 0, disagree: 0 }

/**
 * What one observation adds to the counts of its rollout; undefined for nothing. One event a request, and only what the
 * split has chosen: a first attempt. What the incumbent answers after the challenger failed would count the challenger's
 * hard requests for it.
 */
export function countObservation(observation: LiveObservation): { arm: TallyArm; tally: Tally } | undefined {
  const { arm, stage, rolloutId } = observation
  if (rolloutId === undefined || (stage !== 'shadow' && stage !== 'partial')) return undefined
  if ((arm !== 'incumbent' && arm !== 'challenger') || !isEvidence(observation)) return undefined
  const tally: Tally = {
    n: 1,
    errors: Number(observation.outcome === 'failed'),
    invalid: Number(observation.invalid === true),
    slow: Number(isSlow(observation)),
    compared: Number(observation.disagrees !== undefined),
    disagree: Number(observation.disagrees === true),
  }
  return { arm, tally }
}

/**
 * Whether a request tells something of its model. One that the client cancelled does when it had been slow by then: a model
 * that never answers would be cancelled always, and counted never.
 */
export function isEvidence({ attempt, outcome, slow }: LiveObservation): boolean {
  return attempt === 1 && (outcome !== 'cancelled' || slow === true)
}

/** Failures count as slow. */
export function isSlow({ outcome, slow }: Pick<LiveObservation, 'outcome' | 'slow'>): boolean {
  return outcome === 'failed' || slow === true
}

export function addTallies(one: Tally, other: Tally): Tally {
  return {
    n: one.n + other.n,
    errors: one.errors + other.errors,
    invalid: one.invalid + other.invalid,
    slow: one.slow + other.slow,
    compared: one.compared + other.compared,
    disagree: one.disagree + other.disagree,
  }
}
