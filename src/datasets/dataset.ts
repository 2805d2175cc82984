import type { JsonObject } from '../shared/json.ts'

export const complexities = ['simple', 'moderate', 'complex'] as const
export type Complexity = (typeof complexities)[number]

/** One input of the golden data. It carries no target, so whatever is made from it cannot leak one. */
export interface Sample {
  key: string
  input: JsonObject
  category: string | undefined
  complexity: Complexity | undefined
  /** Samples that are not independent of each other (variants of one posting) share a cluster. */
  cluster: string | undefined
  notes: string | undefined
  /** What people count and test by, such as "subtle" or "pay:hourly"; absent where there are none. */
  tags?: readonly string[] | undefined
}

/** What a perfect answer to one sample is, for one tier. */
export interface Target {
  key: string
  target: JsonObject
  notes: string | undefined
  /** Who stands for the label: a person's name, or words that say truthfully how it was made ("synthetic, …"). */
  verifiedBy: string | undefined
}

/** What `dataset.yaml` says. */
export interface DatasetDescription {
  name: string
  title: string
  description: string
  licence: string
  madeBy: string
  versions: { version: string; description: string }[]
}

/** The samples of one version of a dataset, without targets. */
export interface DatasetVersion {
  name: string
  /** Canonical form `v1`; `golden_v1` is accepted where a person names a version. */
  version: string
  folder: string
  description: DatasetDescription
  samples: Sample[]
}

/** What one tier is evaluated on: the samples that have a target for it, and the hash over inputs and targets. */
export interface GoldenSet {
  name: string
  version: string
  /** SHA-256 over the inputs, clusters and targets, in the order of their keys. */
  hash: string
  samples: Sample[]
  targets: ReadonlyMap<string, Target>
  /** Samples of the version that have no target for this tier. */
  unlabelled: string[]
}
