import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { DatasetVersion, GoldenSet } from '../datasets/dataset.ts'
import { descriptionFile, loadDescription } from '../datasets/dataset-description.ts'
import { FileProblems, problemText } from '../datasets/file-problem.ts'
import { taskFolders } from '../datasets/find-datasets.ts'
import { loadDatasetVersion } from '../datasets/load-dataset-version.ts'
import { UserError } from '../shared/user-error.ts'
import { loadGoldenSet, targetsPath } from '../tasks/load-golden-set.ts'
import { loadLabels } from '../tasks/load-labels.ts'
import { loadTask } from '../tasks/load-task.ts'
import type { Task } from '../tasks/task.ts'
import { goldenSetWarnings, sampleWarnings } from './dataset-warnings.ts'

/** What is wrong with a dataset, and what is allowed but weakens what it can tell. */
export interface DatasetCheck {
  dataset: string
  versions: string[]
  /** `file:line: what is wrong`. */
  problems: string[]
  warnings: string[]
}

/**
 * Reads everything of a dataset and collects what is wrong with it; a broken file does not hide the others.
 * @param version canonical; undefined checks all versions
 * @throws UserError when the dataset does not list the version
 */
export function checkDataset(folder: string, version: string | undefined): DatasetCheck {
  const found: Found = { problems: [], warnings: [] }
  const description = attempt(found, () => loadDescription(folder))
  if (description === undefined) return { dataset: folder, versions: [], ...found }
  const listed = description.versions.map((entry) => entry.version)
  if (version !== undefined && !listed.includes(version)) {
    throw new UserError(`${join(folder, descriptionFile)} lists ${listed.join(', ')}, and no ${version}.`)
  }
  const versions = version === undefined ? listed : [version]
  const tasks = taskFolders(folder).flatMap((path) => attempt(found, () => loadTask(path)) ?? [])
  if (taskFolders(folder).length === 0) found.warnings.push(`${folder} has no task: nothing says what to ask about it.`)
  for (const each of versions) checkVersion(found, folder, each, tasks)
  found.warnings.push(...unlistedVersions(folder, listed))
  return { dataset: description.name, versions, ...found }
}

interface Found {
  problems: string[]
  warnings: string[]
}

function checkVersion(found: Found, folder: string, version: string, tasks: readonly Task[]): void {
  const loaded = attempt(found, () => loadDatasetVersion(folder, version))
  if (loaded === undefined) return
  found.warnings.push(...sampleWarnings(loaded))
  for (const task of tasks) {
    const golden = goldenSet(found, loaded, task)
    if (golden !== undefined) found.warnings.push(...goldenSetWarnings(golden, task))
    for (const round of ['first', 'second'] as const) attempt(found, () => loadLabels(loaded, task, round))
  }
}

function goldenSet(found: Found, version: DatasetVersion, task: Task): GoldenSet | undefined {
  if (existsSync(targetsPath(task.folder, version.version))) return attempt(found, () => loadGoldenSet(version, task))
  found.warnings.push(
    `${version.name}@${version.version} has no targets for "${task.name}": that tier cannot be run on it.`,
  )
  return undefined
}

/** The result, or undefined after its problems were noted. */
function attempt<T>(found: Found, read: () => T): T | undefined {
  try {
    return read()
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    const texts = error instanceof FileProblems ? error.problems.map(problemText) : error.message.split('\n')
    found.problems.push(...texts)
    return undefined
  }
}

function unlistedVersions(folder: string, listed: readonly string[]): string[] {
  return readdirSync(folder)
    .filter((name) => /^v\d+$/.test(name) && !listed.includes(name))
    .map((name) => `${join(folder, name)} is not listed in ${descriptionFile}: nothing reads it.`)
}
