import { drift } from '../../src/rollout/drift.ts'
import { driftBaseline, driftMeans, type ItemMeans } from '../../src/rollout/drift-means.ts'
import type { Random } from './random.ts'
import { type Observation, type Scenario, whether } from './scenario.ts'
import { drawAnswers, drawItems, drawModel, itemNames, moved, repeats, type SimulatedModel } from './simulated-model.ts'

const base = 85
const baselineRuns = 4

/** Scenarios of the weekly test on the incumbent. */
export const driftScenarios: Scenario[] = [
  { name: 'drift, steady', play: steadyYear },
  { name: 'drift, -8', play: dropOf8 },
]

/** A year in which nothing happens; it ends with a false rollback. */
function steadyYear(random: Random): Observation {
  const model = drawModel('held', drawItems(random), { accuracy: base }, random)
  const baseline = baselineOf(model, random)
  const threshold = 100 * average(model.chance) - 1
  let [isRolledBack, isNaivelyRolledBack] = [false, false]
  for (let week = 1; week <= 52; week += 1) {
    const run = runOf(model, random)
    isRolledBack ||= isRolledBackAfter(run, baseline, model, random)
    isNaivelyRolledBack ||= average([...run.values()]) < threshold
  }
  return { rolledBack: whether(isRolledBack), naive: whether(isNaivelyRolledBack) }
}

/** The first week after the incumbent lost 8 points. */
function dropOf8(random: Random): Observation {
  const model = drawModel('held', drawItems(random), { accuracy: base }, random)
  const baseline = baselineOf(model, random)
  const worse = moved(model, base, base - 8)
  const run = runOf(worse, random)
  const naive = average([...run.values()]) < 100 * average(model.chance) - 1
  return { rolledBack: whether(isRolledBackAfter(run, baseline, worse, random)), naive: whether(naive) }
}

/** As the service does it: a suspect run is followed by a fresh one at once. */
function isRolledBackAfter(run: ItemMeans, baseline: ItemMeans, model: SimulatedModel, random: Random): boolean {
  return drift(baseline, run).suspect && drift(baseline, run, runOf(model, random)).rollback
}

function baselineOf(model: SimulatedModel, random: Random): ItemMeans {
  return driftBaseline(Array.from({ length: baselineRuns }, () => runOf(model, random))) ?? new Map()
}

function runOf(model: SimulatedModel, random: Random): ItemMeans {
  const calls = drawAnswers(model, random).map((isRight, call) => ({
    item: itemNames[Math.floor(call / repeats)] ?? '',
    accuracy: isRight ? 100 : 0,
    isProviderFault: false,
  }))
  const run = driftMeans(calls)
  return run.status === 'measured' ? run.means : new Map()
}

function average(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}
