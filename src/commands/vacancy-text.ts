import type { TierState } from '../workflows/tier-states.ts'

type Seat = Pick<TierState, 'model' | 'assignedAt' | 'lastVerdict'>

/** Why seats are vacant though their tiers were evaluated: the verdicts in a sentence or two; empty where no seat is. */
export function vacancyText(tiers: readonly Seat[]): string {
  const verdicts = tiers.flatMap((seat) => (isStillVacant(seat) && seat.lastVerdict !== null ? [seat.lastVerdict] : []))
  return verdicts.map(({ words }) => words).join('\n')
}

/** Whether the last verdict found the seat vacant and filled it with nobody. */
export function isStillVacant({ model, assignedAt, lastVerdict }: Seat): boolean {
  return model === null && lastVerdict !== null && (assignedAt === null || assignedAt <= lastVerdict.at)
}
