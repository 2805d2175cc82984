import type { DatasetDescription, GoldenSet } from '../datasets/dataset.ts'
import { loadDescription, newestVersion } from '../datasets/dataset-description.ts'
import { type DatasetStats, datasetStats } from '../datasets/dataset-stats.ts'
import { findDatasets } from '../datasets/find-datasets.ts'
import { loadDatasetVersion } from '../datasets/load-dataset-version.ts'
import { UserError } from '../shared/user-error.ts'
import { taskVersions } from './task-versions.ts'

/** One dataset in a list; a broken one is listed with its first problem. */
export type ListedDataset = { name: string; folder: string } & (
  | { status: 'readable'; description: DatasetDescription; newest: DatasetStats }
  | { status: 'broken'; problem: string }
)

/** Every dataset in the given folders, with what its newest version holds. */
export function listDatasets(roots: readonly string[]): ListedDataset[] {
  return [...findDatasets(roots)].map(([name, folder]): ListedDataset => {
    try {
      const description = loadDescription(folder)
      const newest = describeVersion(folder, newestVersion(description))
      return { name, folder, status: 'readable', description, newest }
    } catch (error) {
      if (!(error instanceof UserError)) throw error
      return { name, folder, status: 'broken', problem: error.message.split('\n')[0] ?? '' }
    }
  })
}

/**
 * What a version of a dataset consists of, with the golden set of every task that has targets for it.
 * @param version canonical; the newest one when it is undefined
 * @throws UserError for whatever cannot be read
 */
export function describeVersion(folder: string, version: string | undefined): DatasetStats {
  const loaded = loadDatasetVersion(folder, version)
  const golden = taskVersions(loaded).map((each): [string, GoldenSet] => [each.task.name, each.golden])
  return datasetStats(loaded, new Map(golden))
}
