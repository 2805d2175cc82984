import type { GoldenSet } from '../datasets/dataset.ts'
import type { Model } from '../providers/model.ts'
import { priceOf } from '../providers/price.ts'
import { scorerVersion } from '../scoring/scorers.ts'
import { duration, money } from '../shared/format-number.ts'
import { canonicalJson } from '../shared/json.ts'
import type { Task } from '../tasks/task.ts'
import type { References } from './decision-settings-of.ts'

/** Everything whose change makes old and new results incomparable; the versions that answered are in the outcomes. */
export interface Epoch {
  shared: SharedEpoch
  /** By the name of the model. */
  models: Record<string, ModelEpoch>
}

/** What all models of an evaluation have in common. */
export type SharedEpoch = {
  prompt: string
  answerSchema: string
  scoring: string
  scorer: number
  dataset: string
  parameters: { temperature: number; maxOutputTokens: number }
  references: { latencyMs: number; costUsd: number }
}

/** What concerns one model; the price without its date and source, which change nothing. */
export type ModelEpoch = {
  id: string
  price: { input: number | null; output: number | null; cachedInput: number | null; perHour?: number } | null
}

/** An evaluation as far as it tells what its results may be compared with. */
export interface Witness {
  epoch: Epoch
  /** Versions that answered, by model; a model that did not say is not there. */
  versions: ReadonlyMap<string, readonly string[]>
}

export function sharedEpoch(task: Task, golden: GoldenSet, { latencyMs, costUsd }: References): SharedEpoch {
  return {
    ...task.hashes,
    scorer: scorerVersion,
    dataset: golden.hash,
    parameters: { temperature: 0, maxOutputTokens: task.maxOutputTokens },
    references: { latencyMs, costUsd },
  }
}

export function modelEpoch(model: Model): ModelEpoch {
  const price = priceOf(model)
  if (price === undefined) return { id: model.providerModelId, price: null }
  const { inputUsdPer1k: input = null, outputUsdPer1k: output = null, cachedInputUsdPer1k: cachedInput = null } = price
  const perHour = price.usdPerHour === undefined ? {} : { perHour: price.usdPerHour }
  return { id: model.providerModelId, price: { input, output, cachedInput, ...perHour } }
}

/**
 * Whether what is known of a model from two evaluations is about the same thing: the same id, price and version. Where one
 * of them does not say a version, because its provider does not or no call was answered, nothing speaks against it.
 */
export function isSameModel(name: string, one: Witness, other: Witness): boolean {
  return one.epoch.models[name] !== undefined && changesOfModel(name, one, other).length === 0
}

/** What changed since an earlier evaluation, in words; empty in the same epoch. */
export function epochChanges(before: Witness, now: Witness): string[] {
  const models = Object.keys(now.epoch.models).filter((name) => before.epoch.models[name] !== undefined)
  return [
    ...changesOfShared(before.epoch.shared, now.epoch.shared),
    ...models.toSorted().flatMap((name) => changesOfModel(name, before, now)),
  ]
}

const sharedWords: Record<Exclude<keyof SharedEpoch, 'references'>, string> = {
  prompt: 'prompt',
  answerSchema: 'answer schema',
  scoring: 'scoring (task.yaml)',
  scorer: 'version of the scorers',
  dataset: 'golden data',
  parameters: 'parameters of the calls',
}

function changesOfShared(before: SharedEpoch, now: SharedEpoch): string[] {
  const parts = Object.keys(sharedWords) as (keyof typeof sharedWords)[]
  const changed = parts
    .filter((part) => !isEqual(before[part], now[part]))
    .map((part) => `${sharedWords[part]} changed`)
  return [
    ...changed,
    ...changeOfReference('speed', before.references.latencyMs, now.references.latencyMs, duration),
    ...changeOfReference('cost', before.references.costUsd, now.references.costUsd, money),
  ]
}

function changeOfReference(term: string, before: number, now: number, written: (value: number) => string): string[] {
  if (before === now) return []
  // What is written alike may differ in a digit that is not shown.
  const from = written(before) === written(now) ? 'a little,' : `from ${written(before)}`
  return [`reference for ${term} changed ${from} to ${written(now)}`]
}

function changesOfModel(name: string, before: Witness, now: Witness): string[] {
  const [one, other] = [before.epoch.models[name], now.epoch.models[name]]
  const changes: string[] = []
  if (one?.id !== other?.id) changes.push(`${name} is now ${other?.id ?? 'unknown'}, before ${one?.id ?? 'unknown'}`)
  if (!isEqual(one?.price ?? null, other?.price ?? null)) changes.push(`price of ${name} changed`)
  const [earlier, later] = [before.versions.get(name) ?? [], now.versions.get(name) ?? []]
  if (earlier.length > 0 && later.length > 0 && !isEqual(earlier.toSorted(), later.toSorted())) {
    changes.push(`version of ${name} changed from ${earlier.join(', ')} to ${later.join(', ')}`)
  }
  return changes
}

function isEqual(one: Parameters<typeof canonicalJson>[0], other: Parameters<typeof canonicalJson>[0]): boolean {
  return canonicalJson(one) === canonicalJson(other)
}
