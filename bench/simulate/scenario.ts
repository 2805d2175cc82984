import type { Random } from './random.ts'

/** What one run of a scenario showed: 0 or 1 for what may happen, otherwise a number; absent where it was not measured. */
export type Observation = Record<string, number>

export interface Scenario {
  name: string
  play(random: Random, run: number): Observation
}

export function whether(happened: boolean): number {
  return happened ? 1 : 0
}
