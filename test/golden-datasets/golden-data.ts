import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parse } from 'yaml'
import type { GoldenSet, Sample } from '../../src/datasets/dataset.ts'
import { loadDescription } from '../../src/datasets/dataset-description.ts'
import { loadDatasetVersion } from '../../src/datasets/load-dataset-version.ts'
import type { JsonObject } from '../../src/shared/json.ts'
import { loadGoldenSet } from '../../src/tasks/load-golden-set.ts'
import { loadTask } from '../../src/tasks/load-task.ts'
import type { Task } from '../../src/tasks/task.ts'

/** The golden data of the project as the tests look at it. */
export const folder = resolve(import.meta.dirname, '../../golden-datasets/job-analysis')
export const versions = loadDescription(folder).versions.map(({ version }) => version)
export const tiers = [1, 2, 3] as const

const tasks = new Map(tiers.map((tier) => [tier, loadTask(join(folder, `tier${tier}`))]))

export function taskOf(tier: (typeof tiers)[number]): Task {
  const task = tasks.get(tier)
  if (task === undefined) throw new Error(`There is no tier ${tier}.`)
  return task
}

export function goldenSet(version: string, tier: (typeof tiers)[number]): GoldenSet {
  return loadGoldenSet(loadDatasetVersion(folder, version), taskOf(tier))
}

export interface LabelledSample {
  sample: Sample
  text: string
  target: JsonObject
  verifiedBy: string | undefined
}

export function labelledSamples(version: string, tier: (typeof tiers)[number]): LabelledSample[] {
  const { samples, targets } = goldenSet(version, tier)
  return samples.map((sample) => {
    const target = targets.get(sample.key)
    if (target === undefined) throw new Error(`${sample.key} has no target.`)
    const text = `${sample.input.title as string}\n${sample.input.text as string}`
    return { sample, text, target: target.target, verifiedBy: target.verifiedBy }
  })
}

/** Canonical name → other spellings. */
export const skillNames = parse(readFileSync(join(folder, 'tier1/skills.yaml'), 'utf8')) as Record<string, string[]>
