import { resolve } from 'node:path'
import type { Command } from 'commander'
import { type DatasetReference, parseDatasetReference } from '../datasets/dataset-reference.ts'
import { datasetFolder, findDatasets } from '../datasets/find-datasets.ts'
import { packageRoot } from '../shared/package-root.ts'
import { UserError } from '../shared/user-error.ts'

/** The options that every command about datasets has. */
export interface DatasetOptions {
  folder?: string
  json?: boolean
}

/** A dataset that a person chose, by its folder; without a version the newest one is meant. */
export interface ChosenDataset {
  path: string
  version: string | undefined
}

export function withFolder(command: Command): Command {
  return command
    .option('--folder <folder>', 'where the datasets are (default: golden-datasets here, then those that come along)')
    .option('--json', 'print one JSON document')
}

/** Datasets of one's own come first; those of the package are there too. */
export function rootsOf(folder: string | undefined): string[] {
  if (folder !== undefined) return [folder]
  const shipped = resolve(packageRoot(), 'golden-datasets')
  return resolve('golden-datasets') === shipped ? ['golden-datasets'] : ['golden-datasets', shipped]
}

/** The dataset that is named, or all there are. */
export function chosen(dataset: string | undefined, folder: string | undefined): ChosenDataset[] {
  if (dataset !== undefined) return [theDataset(dataset, folder)]
  const roots = rootsOf(folder)
  const found = [...findDatasets(roots).values()]
  if (found.length === 0) throw new UserError(`Expected a dataset in ${roots.join(' or ')}, but there is none.`)
  return found.map((path) => ({ path, version: undefined }))
}

/** The dataset that is named: `job-analysis` or `job-analysis@v1`. */
export function theDataset(dataset: string, folder: string | undefined): ChosenDataset {
  const { name, version }: DatasetReference = parseDatasetReference(dataset)
  return { path: datasetFolder(rootsOf(folder), name), version }
}
