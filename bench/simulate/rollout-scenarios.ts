import type { RolloutCounts } from '../../src/rollout/guards/rollout-counts.ts'
import { rolloutStep } from '../../src/rollout/guards/rollout-step.ts'
import type { Random } from './random.ts'
import { type Observation, type Scenario, whether } from './scenario.ts'

/** Rates of bad requests on the two arms. */
interface Rates {
  canary: number
  control: number
}

const healthyRate = 0.01
const invalidRate = 0.005
/** Of the requests that are no errors, as slow is what lies above the 95th percentile. */
const slowRate = 0.05

const baselineRequests = 1000
const canaryShare = 0.1
const controlPerCanary = 9
const requestsPerCheck = 10
/** The least hours of the stage are over with the least requests. */
const hoursPerRequest = 24 / 300
const mostRequests = 4000

/** Scenarios of the live guards: the partial stage, looked at every 10 requests of the canary until it ends. */
export const rolloutScenarios: Scenario[] = [
  { name: 'rollout, healthy', play: (random) => playStage(random, { canary: healthyRate, control: healthyRate }) },
  { name: 'rollout, 5 % errors', play: (random) => playStage(random, { canary: 0.05, control: healthyRate }) },
  ...[0.2, 0.6, 1].map((rate) => ({
    name: `outage, ${100 * rate} %`,
    play: (random: Random) => playStage(random, { canary: rate, control: rate }),
  })),
]

function playStage(random: Random, rates: Rates): Observation {
  const baseline = count(baselineRequests, healthyRate, random)
  const canary = { n: 0, errors: 0, invalid: 0, slow: 0 }
  const control = { n: 0, errors: 0, invalid: 0, slow: 0 }
  const lastHundred: number[] = []
  let isNaivelyRolledBack = false
  while (canary.n < mostRequests) {
    const seen = count(requestsPerCheck, rates.canary, random)
    add(canary, seen)
    add(control, count(requestsPerCheck * controlPerCanary, rates.control, random))
    lastHundred.push(seen.errors)
    if (lastHundred.length > 100 / requestsPerCheck) lastHundred.shift()
    // "More than 3 % errors in the last 100 requests", as delivery tools are configured by hand.
    isNaivelyRolledBack ||= lastHundred.reduce((sum, errors) => sum + errors, 0) > 3
    const hours = canary.n * hoursPerRequest
    const { decision } = rolloutStep({ stage: 'partial', hours, share: canaryShare, canary, control, baseline })
    if (decision !== 'hold') return ended(decision, canary.n, isNaivelyRolledBack)
  }
  return ended('hold', canary.n, isNaivelyRolledBack)
}

function ended(decision: string, requests: number, isNaivelyRolledBack: boolean): Observation {
  const isRolledBack = decision === 'rollback'
  return {
    rolledBack: whether(isRolledBack),
    incident: whether(decision === 'incident'),
    promoted: whether(decision === 'promote'),
    naive: whether(isNaivelyRolledBack),
    ...(isRolledBack ? { rollbackRequests: requests } : {}),
  }
}

type Counts = RolloutCounts['baseline'] & { slow: number }

function count(n: number, errorRate: number, random: Random): Counts {
  const counts: Counts = { n, errors: 0, invalid: 0, slow: 0 }
  for (let request = 0; request < n; request += 1) {
    const isError = random.uniform() < errorRate
    if (isError) counts.errors += 1
    else if (random.uniform() < invalidRate) counts.invalid += 1
    if (isError || random.uniform() < slowRate) counts.slow += 1
  }
  return counts
}

function add(total: Counts, more: Counts): void {
  total.n += more.n
  total.errors += more.errors
  total.invalid += more.invalid
  total.slow += more.slow
}
