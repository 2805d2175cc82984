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

/** Versions that are large enough to tell models apart; the starter is not. */
export const largeVersions = versions.filter((version) => loadDatasetVersion(folder, version).samples.length >= 100)

export function hasTag({ sample }: Pick<LabelledSample, 'sample'>, tag: string): boolean {
  return sample.tags?.includes(tag) ?? false
}

/** What stands behind the colon of the tags of a group: `us` of `country:us`. */
export function tagsOf({ sample }: Pick<LabelledSample, 'sample'>, group: string): string[] {
  return (sample.tags ?? []).filter((tag) => tag.startsWith(`${group}:`)).map((tag) => tag.slice(group.length + 1))
}

/** Every number of a text, whatever separates its thousands; "68k" is 68,000. */
export function numbersIn(text: string): number[] {
  const written = text.matchAll(/(\d{1,3}(?:[.,' ]\d{3})+|\d+)([.,]\d{1,2})?(?!\d)\s?(k\b)?/gi)
  return Array.from(written, ([, whole = '', decimals = '', thousands]) => {
    const value = Number(`${whole.replace(/\D/g, '')}.${decimals.slice(1) || '0'}`)
    return thousands === undefined ? value : value * 1000
  })
}

/** What the tests read of a target of tier 1. */
export interface CoreTarget {
  skills_analysis: { top_skills: { skill: string }[] }
  authenticity_check: { is_authentic: boolean }
  classification: { seniority: string | null }
  structured_data: { salary_range: { min: number | null; max: number | null; period: string | null } }
}

export function coreTarget({ target }: LabelledSample): CoreTarget {
  return target as unknown as CoreTarget
}
