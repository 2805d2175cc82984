import type { Config } from '../../config/config.ts'
import type { TierConfig } from '../../config/tier-config.ts'
import { loadDescription } from '../../datasets/dataset-description.ts'
import { loadDatasetVersion } from '../../datasets/load-dataset-version.ts'
import { counted } from '../../shared/counted.ts'
import { UserError } from '../../shared/user-error.ts'
import { loadGoldenSet } from '../../tasks/load-golden-set.ts'
import { loadTask } from '../../tasks/load-task.ts'

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
  samples: number
  /** Who made the dataset, and how each target came about. */
  origins: (string | undefined)[]
  targets: (string | undefined)[]
}

function goldenData({ dataset, task }: TierConfig): GoldenData[] {
  try {
    const { name, version, samples, targets } = loadGoldenSet(
      loadDatasetVersion(dataset.folder, dataset.version),
      loadTask(task),
    )
    const verifiedBy = [...targets.values()].map((target) => target.verifiedBy)
    const { madeBy } = loadDescription(dataset.folder)
    return [
      {
        reference: `${name}@${version}`,
        samples: samples.length,
        origins: [madeBy, ...verifiedBy],
        targets: verifiedBy,
      },
    ]
  } catch (error) {
    if (error instanceof UserError) return []
    throw error
  }
}

function describedAs(same: readonly GoldenData[]): string {
  const isSynthetic = same.some(({ origins }) => origins.some((words) => /synthetic/i.test(words ?? '')))
  const targets = same.flatMap((each) => each.targets)
  const checked = targets.filter(isCheckedByPerson).length
  const by =
    checked === targets.length
      ? 'targets checked by hand'
      : checked === 0
        ? 'targets not checked by a person'
        : 'targets partly checked by hand'
  return [counted(same[0]?.samples ?? 0, 'sample'), ...(isSynthetic ? ['synthetic'] : []), by].join(', ')
}

/** Whether somebody stands for a target, as `Ada` or `Ada (synthetic)`; words that say how it was made are no person. */
export function isCheckedByPerson(verifiedBy: string | null | undefined): boolean {
  if (verifiedBy === null || verifiedBy === undefined) return false
  return !/synthetic|not verified|language model|generated/i.test(verifiedBy.replace(/ \(synthetic\)$/, ''))
}
