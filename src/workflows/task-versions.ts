import { existsSync } from 'node:fs'
import type { DatasetVersion, GoldenSet } from '../datasets/dataset.ts'
import { taskFolders } from '../datasets/find-datasets.ts'
import { loadGoldenSet, targetsPath } from '../tasks/load-golden-set.ts'
import { loadTask } from '../tasks/load-task.ts'
import type { Task } from '../tasks/task.ts'

/** A task of a dataset with what it is evaluated on in one version. */
export interface TaskVersion {
  task: Task
  golden: GoldenSet
}

/**
 * Every task of a dataset that has targets for a version.
 * @throws UserError for whatever cannot be read
 */
export function taskVersions(version: DatasetVersion): TaskVersion[] {
  return taskFolders(version.folder)
    .filter((path) => existsSync(targetsPath(path, version.version)))
    .map((path) => {
      const task = loadTask(path)
      return { task, golden: loadGoldenSet(version, task) }
    })
}
