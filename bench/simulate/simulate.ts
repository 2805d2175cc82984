import { acceptanceChecks } from './acceptance-checks.ts'
import { driftScenarios } from './drift-scenarios.ts'
import { type MeasuredCheck, measureCheck } from './measure-check.ts'
import { randomFor } from './random.ts'
import { rolloutScenarios } from './rollout-scenarios.ts'
import type { Observation, Scenario } from './scenario.ts'
import { switchScenarios } from './switch-scenarios.ts'

/** Runs of one scenario, from `from` up to and without `to`. */
export interface Chunk {
  scenario: string
  from: number
  to: number
}

export const scenarios: readonly Scenario[] = [...switchScenarios, ...driftScenarios, ...rolloutScenarios]

const runsPerChunk = 50

/** The work of a simulation, cut into pieces that may be done in any order and on any thread. */
export function chunksOf(runs: number): Chunk[] {
  return scenarios.flatMap(({ name }) =>
    Array.from({ length: Math.ceil(runs / runsPerChunk) }, (_, chunk) => ({
      scenario: name,
      from: chunk * runsPerChunk,
      to: Math.min(runs, (chunk + 1) * runsPerChunk),
    })),
  )
}

export function playChunk({ scenario, from, to }: Chunk, seed: number): Observation[] {
  const played = scenarios.find(({ name }) => name === scenario)
  if (played === undefined) throw new Error(`No scenario is called "${scenario}".`)
  return Array.from({ length: to - from }, (_, index) =>
    played.play(randomFor(seed, scenario, from + index), from + index),
  )
}

/** The acceptance table from the observations of each scenario. */
export function measureAll(
  observations: ReadonlyMap<string, readonly Observation[]>,
  isShort: boolean,
): MeasuredCheck[] {
  return acceptanceChecks.map((check) => measureCheck(check, observations.get(check.scenario) ?? [], isShort))
}
