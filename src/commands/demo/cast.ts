/** What is stated of a simulated model. Everything that happens in the demo follows from it. Weeks count from 1. */
export interface CastModel {
  name: string
  /** Its role in reports. */
  label: string
  /** Probability that a part of an answer is wrong. */
  errorRate: number
  /** Probability that a call times out. */
  failureRate?: number
  /** Median. */
  latencyMs: number
  inputUsdPer1k: number
  outputUsdPer1k: number
  /** Week in which its provider first has it; undefined: from the beginning. */
  fromWeek?: number
  /** Its provider changes it without a word. */
  becomes?: { fromWeek: number; errorRate: number }
  /** Week from which its provider answers 404. */
  goneFromWeek?: number
}

export interface CastTier {
  id: number
  name: string
  initial: string
  challengers: readonly string[]
  targets: { latencyMs: number; costUsd: number }
  /** Live requests of applications; 0: whoever uses the tier reads the seat from the database. */
  requestsPerDay: number
}

export const castModels: readonly CastModel[] = [
  { name: 'sim-oak', label: 'current default', errorRate: 0.13, latencyMs: 2100, ...price(0.0003, 0.0025) },
  {
    name: 'sim-swift',
    label: 'the fast one',
    errorRate: 0.12,
    failureRate: 0,
    latencyMs: 900,
    ...price(0.00015, 0.0006),
    fromWeek: 2,
  },
  {
    name: 'sim-bargain',
    label: 'the cheap one',
    errorRate: 0.19,
    latencyMs: 380,
    ...price(0.00002, 0.0001),
    fromWeek: 5,
  },
  { name: 'sim-maple', label: 'current default', errorRate: 0.2, latencyMs: 2600, ...price(0.0003, 0.0025) },
  {
    name: 'sim-sharp',
    label: 'the careful one',
    errorRate: 0.07,
    latencyMs: 2300,
    ...price(0.0003, 0.002),
    becomes: { fromWeek: 9, errorRate: 0.3 },
  },
  {
    name: 'sim-sage',
    label: 'high reasoning',
    errorRate: 0.1,
    latencyMs: 4600,
    ...price(0.001, 0.008),
    goneFromWeek: 11,
  },
  {
    name: 'sim-feather',
    label: 'the new one',
    errorRate: 0.09,
    failureRate: 0,
    latencyMs: 500,
    ...price(0.0001, 0.0004),
    fromWeek: 12,
  },
]

export const castTiers: readonly CastTier[] = [
  {
    id: 1,
    name: 'core',
    initial: 'sim-oak',
    challengers: ['sim-swift', 'sim-bargain', 'sim-feather'],
    targets: { latencyMs: 2000, costUsd: 0.001 },
    requestsPerDay: 100,
  },
  {
    id: 2,
    name: 'enhanced',
    initial: 'sim-maple',
    challengers: ['sim-sharp'],
    targets: { latencyMs: 2500, costUsd: 0.001 },
    requestsPerDay: 0,
  },
  {
    id: 3,
    name: 'strategic',
    initial: 'sim-sage',
    challengers: ['sim-maple'],
    targets: { latencyMs: 4000, costUsd: 0.003 },
    requestsPerDay: 0,
  },
]

function price(inputUsdPer1k: number, outputUsdPer1k: number) {
  return { inputUsdPer1k, outputUsdPer1k }
}
