import { addTallies, countObservation, emptyTally, type Tally, type TallyArm } from './count-observation.ts'
import type { LiveObservation } from './live-observation.ts'

/** What a batch of observations adds to one arm of one counting. */
export interface TallyAddition {
  rolloutId: string
  countsEpoch: number
  arm: TallyArm
  tally: Tally
}

/** Additions of a batch, in an order that is the same for everybody who stores some. */
export function talliesOf(observations: readonly LiveObservation[]): TallyAddition[] {
  const additions = new Map<string, TallyAddition>()
  for (const observation of observations) {
    const counted = countObservation(observation)
    const { rolloutId, countsEpoch } = observation
    if (counted === undefined || rolloutId === undefined || countsEpoch === undefined) continue
    const { arm, tally } = counted
    const key = `${rolloutId} ${countsEpoch} ${arm}`
    const before = additions.get(key)?.tally ?? emptyTally
    additions.set(key, { rolloutId, countsEpoch, arm, tally: addTallies(before, tally) })
  }
  return [...additions].toSorted(([one], [other]) => (one < other ? -1 : 1)).map(([, addition]) => addition)
}
