import type { Config } from '../../config/config.ts'
import type { TierConfig } from '../../config/tier-config.ts'
import { loadDescription, newestVersion } from '../../datasets/dataset-description.ts'
import { readJsonLines } from '../../datasets/json-lines.ts'
import { counted } from '../../shared/counted.ts'
import { UserError } from '../../shared/user-error.ts'
import { targetsPath } from '../../tasks/load-golden-set.ts'

const wordsOf = new WeakMap<Config, string>()

/**
 * What golden data the tiers are judged on, and what it is not: `job-analysis@v1: 100 samples, synthetic, targets not checked
 * by a person`. Read once for a configuration, as versions do not change; empty where none can be read.
 */
export function goldenWords(config: Config): string {
  const known = wordsOf.get(config)
  if (known !== undefined) return known
  const used = Map.groupBy(config.tiers.flatMap(goldenData), ({ reference }) => reference)
  const words = [...used].map(([reference, same]) => `${reference}: ${describedAs(same)}`).join('; ')
  wordsOf.set(config, words)
  return words
}

interface GoldenData {
  reference: string
  /** Who made the dataset. */
  madeBy: string
  /** How each target of a tier came about; null: it does not say. */
  verifiedBy: (string | null)[]
}

/** Of each target only what is told of it: to check all of them takes seconds, and is the work of an evaluation. */
function goldenData({ dataset, task }: TierConfig): GoldenData[] {
  try {
    const description = loadDescription(dataset.folder)
    const version = dataset.version ?? newestVersion(description)
    const { lines } = readJsonLines(targetsPath(task, version))
    const verifiedBy = lines.map(({ value }) => (typeof value.verified_by === 'string' ? value.verified_by : null))
    return [{ reference: `${description.name}@${version}`, madeBy: description.madeBy, verifiedBy }]
  } catch (error) {
    if (error instanceof UserError) return []
    throw error
  }
}

function describedAs(same: readonly GoldenData[]): string {
  const targets = same.flatMap(({ verifiedBy }) => verifiedBy)
  const isSynthetic = [...same.map(({ madeBy }) => madeBy), ...targets].some((words) => /synthetic/i.test(words ?? ''))
  const samples = Math.max(...same.map(({ verifiedBy }) => verifiedBy.length))
  return [counted(samples, 'sample'), ...(isSynthetic ? ['synthetic'] : []), checkedWords(targets)].join(', ')
}

function checkedWords(targets: readonly (string | null)[]): string {
  const checked = targets.filter(isCheckedByPerson).length
  if (checked === targets.length) return 'targets checked by hand'
  return checked === 0 ? 'targets not checked by a person' : 'targets partly checked by hand'
}

/** Whether somebody stands for a target, as `Ada` or `Ada (synthetic)`; words that say how it was made are no person. */
export function isCheckedByPerson(verifiedBy: string | null): boolean {
  if (verifiedBy === null) return false
  return !/synthetic|not verified|language model|generated/i.test(verifiedBy.replace(/ \(synthetic\)$/, ''))
}
