import type { DatasetVersion, GoldenSet, Sample } from '../datasets/dataset.ts'
import { similarSamples } from '../datasets/similar-samples.ts'
import { perfectAnswer } from '../scoring/perfect-answer.ts'
import { scoreAnswer } from '../scoring/score-answer.ts'
import { counted } from '../shared/counted.ts'
import { contentHash } from '../shared/json.ts'
import type { Task } from '../tasks/task.ts'

/** Fewer labelled samples are refused by an evaluation. */
const minimumSamples = 10
/** Fewer labelled samples rarely prove a difference. */
const usefulSamples = 100
/** A category decides the result with more than this share of the samples and more than twice its even share. */
const largeCategory = 0.25
const shownAtOnce = 5

/** What is allowed in the samples of a version and weakens what it can tell. */
export function sampleWarnings(version: DatasetVersion): string[] {
  const name = `${version.name}@${version.version}`
  const similar = similarSamples(version.samples).map(
    ({ keys: [a, b], shared }) => `"${a}" and "${b}" (${Math.round(100 * shared)} %)`,
  )
  return [
    ...listed(similar, `${name}: samples that say nearly the same count twice; give them one "cluster":`),
    ...largeCategories(version.samples).map((text) => `${name}: ${text}`),
  ]
}

/** What is allowed in the targets of a task and weakens what an evaluation on them can tell. */
export function goldenSetWarnings(golden: GoldenSet, task: Task): string[] {
  const name = `${golden.name}@${golden.version}, "${task.name}":`
  const unverified = [...golden.targets.values()].filter(({ verifiedBy }) => verifiedBy === undefined)
  return [
    ...fewSamples(golden.samples.length).map((text) => `${name} ${text}`),
    ...listed(unverified.map(quotedKey), `${name} nobody stands for the label ("verified_by") of`),
    ...listed(imperfect(golden, task), `${name} even the perfect answer scores less than 100 on`),
    ...listed(unscored(golden, task), `${name} the target has none of the scored fields for`),
    ...listed(contradictions(golden), `${name} the same input has different targets in`),
  ]
}

function fewSamples(labelled: number): string[] {
  if (labelled < minimumSamples)
    return [`${counted(labelled, 'labelled sample')}; a run is refused below ${minimumSamples}.`]
  if (labelled >= usefulSamples) return []
  return [
    `${counted(labelled, 'labelled sample')}; below ${usefulSamples} only large differences between models can be shown.`,
  ]
}

function largeCategories(samples: readonly Sample[]): string[] {
  const named = samples.filter(({ category }) => category !== undefined)
  const groups = [...Map.groupBy(named, ({ category }) => category)]
  const large = samples.length * Math.max(largeCategory, 2 / groups.length)
  return groups
    .filter(([, members]) => samples.length >= minimumSamples && members.length > large)
    .map(([category, { length }]) => `${length} of ${samples.length} samples are "${category}": it decides the result.`)
}

function imperfect({ samples, targets }: GoldenSet, task: Task): string[] {
  return samples
    .filter(({ key }) => {
      const target = targets.get(key)?.target ?? {}
      return scoreAnswer(task, target, perfectAnswer(task, target)).accuracy < 100 - 1e-9
    })
    .map(quotedKey)
}

function unscored({ samples, targets }: GoldenSet, task: Task): string[] {
  return samples
    .filter(({ key }) =>
      scoreAnswer(task, targets.get(key)?.target ?? {}, {}).fields.every(({ score }) => score === null),
    )
    .map(quotedKey)
}

function contradictions({ samples, targets }: GoldenSet): string[] {
  const groups = Map.groupBy(samples, ({ input }) => contentHash(input)).values()
  return [...groups]
    .filter((same) => new Set(same.map(({ key }) => contentHash(targets.get(key)?.target ?? null))).size > 1)
    .map((same) => same.map(quotedKey).join(' and '))
}

function quotedKey({ key }: { key: string }): string {
  return `"${key}"`
}

/** One warning for a whole list, which names the first few. */
function listed(names: readonly string[], beginning: string): string[] {
  if (names.length === 0) return []
  const more = names.length > shownAtOnce ? ` and ${names.length - shownAtOnce} more` : ''
  return [`${beginning} ${names.slice(0, shownAtOnce).join(', ')}${more}.`]
}
