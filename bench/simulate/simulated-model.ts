import type { EvaluationRecord } from '../../src/analysis/evaluation-records.ts'
import { abilityFor, chanceAt, interactionSpread, itemSpread } from './ability-for.ts'
import type { Random } from './random.ts'

/** A model as decisions.md section 6.4 generates it ("binary"): what it is on each item, before the noise of a call. */
export interface SimulatedModel {
  name: string
  /** Chance of a right answer, per item. */
  chance: readonly number[]
  /** Median latency and cost of a call, per item. */
  latencyMs: readonly number[]
  costUsd: readonly number[]
}

export const itemNames: readonly string[] = Array.from(
  { length: 100 },
  (_, item) => `i${String(item).padStart(2, '0')}`,
)
export const repeats = 3
export const references = { latencyMs: 2000, costUsd: 0.004 }

const modelLatencySpread = 0.15
const callLatencySpread = 0.25
const costSpread = 0.1

/** How hard each item is, in logits. */
export function drawItems(random: Random): number[] {
  return itemNames.map(() => itemSpread * random.normal())
}

/**
 * A model of its own strengths and weaknesses.
 * @param accuracy percent, over all possible items
 * @param speed 1.5: half as fast again
 */
export function drawModel(
  name: string,
  items: readonly number[],
  { accuracy, speed = 1 }: { accuracy: number; speed?: number },
  random: Random,
): SimulatedModel {
  const ability = abilityFor(accuracy)
  return {
    name,
    chance: items.map((item) => chanceAt(ability + item + interactionSpread * random.normal())),
    latencyMs: items.map(() => (references.latencyMs * Math.exp(modelLatencySpread * random.normal())) / speed),
    costUsd: items.map(() => references.costUsd * Math.exp(costSpread * random.normal())),
  }
}

/** The same model after its ability moved, its strengths and weaknesses kept. */
export function moved(model: SimulatedModel, from: number, to: number): SimulatedModel {
  const shift = abilityFor(to) - abilityFor(from)
  return { ...model, chance: model.chance.map((chance) => chanceAt(Math.log(chance / (1 - chance)) + shift)) }
}

/** Whether each call of a run was right: one item's repeats after the other. */
export function drawAnswers({ chance }: SimulatedModel, random: Random): boolean[] {
  return chance.flatMap((own) => Array.from({ length: repeats }, () => random.uniform() < own))
}

/** All calls of one run, in the format of the deciding code. */
export function drawRun(model: SimulatedModel, week: number, random: Random): EvaluationRecord[] {
  return drawAnswers(model, random).map((isRight, call) => {
    const item = Math.floor(call / repeats)
    return {
      item: itemNames[item] ?? '',
      model: model.name,
      repeat: call % repeats,
      week,
      ok: true,
      accuracy: isRight ? 100 : 0,
      latencyMs: (model.latencyMs[item] ?? 0) * Math.exp(callLatencySpread * random.normal()),
      costUsd: (model.costUsd[item] ?? 0) * Math.exp(costSpread * random.normal()),
    }
  })
}
