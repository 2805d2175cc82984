import type { DatasetVersion, GoldenSet } from './dataset.ts'
import { mainTexts } from './main-text.ts'

/** What a version of a dataset consists of. */
export interface DatasetStats {
  name: string
  version: string
  samples: number
  /** By category, the largest first; samples without one stand under "(none)". */
  categories: Record<string, number>
  complexities: Record<string, number>
  /** Samples that have each tag. */
  tags: Record<string, number>
  /** Words of the main text. */
  words: { shortest: number; median: number; longest: number }
  lengths: Record<(typeof lengthClasses)[number]['name'], number>
  tiers: TierStats[]
}

export interface TierStats {
  task: string
  labelled: number
  unlabelled: number
  /** Labelled samples, of which those of one cluster count as one. */
  independent: number
  /** Of inputs, clusters and targets; it changes when the tier is asked something else. */
  hash: string
  /** Who stands for the labels, and for how many. */
  verifiedBy: Record<string, number>
}

const lengthClasses = [
  { name: 'under 150 words', below: 150 },
  { name: '150–449 words', below: 450 },
  { name: '450–999 words', below: 1000 },
  { name: '1,000 words and more', below: Number.POSITIVE_INFINITY },
] as const

/** @param golden the golden set of every task, under the task's name */
export function datasetStats(
  { name, version, samples }: DatasetVersion,
  golden: ReadonlyMap<string, GoldenSet>,
): DatasetStats {
  const words = mainTexts(samples)
    .map(({ length }) => length)
    .sort((a, b) => a - b)
  return {
    name,
    version,
    samples: samples.length,
    categories: counted(samples.map(({ category }) => category ?? '(none)')),
    complexities: counted(samples.map(({ complexity }) => complexity ?? '(none)')),
    tags: counted(samples.flatMap(({ tags }) => tags ?? [])),
    words: { shortest: words.at(0) ?? 0, median: words[Math.floor(words.length / 2)] ?? 0, longest: words.at(-1) ?? 0 },
    lengths: byLength(words),
    tiers: [...golden].map(([task, set]) => tierStats(task, set)),
  }
}

function tierStats(task: string, { samples, unlabelled, hash, targets }: GoldenSet): TierStats {
  const verifiedBy = counted([...targets.values()].map((target) => target.verifiedBy ?? '(nobody)'))
  const independent = new Set(
    samples.map(({ key, cluster }) => (cluster === undefined ? `key ${key}` : `cluster ${cluster}`)),
  )
  return {
    task,
    labelled: samples.length,
    unlabelled: unlabelled.length,
    independent: independent.size,
    hash,
    verifiedBy,
  }
}

function byLength(words: readonly number[]): DatasetStats['lengths'] {
  const classOf = (count: number) => lengthClasses.findIndex(({ below }) => count < below)
  const counts = lengthClasses.map(({ name }, index) => [
    name,
    words.filter((count) => classOf(count) === index).length,
  ])
  return Object.fromEntries(counts) as DatasetStats['lengths']
}

/** How often each word stands in a list, the most frequent first, equal ones by name. */
function counted(words: readonly string[]): Record<string, number> {
  const counts = new Map<string, number>()
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1)
  return Object.fromEntries([...counts].sort(([a, many], [b, more]) => more - many || (a < b ? -1 : 1)))
}
