import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { nearestWord } from '../shared/nearest-word.ts'
import { UserError } from '../shared/user-error.ts'
import { descriptionFile } from './dataset-description.ts'

/** The names of the datasets in a folder such as golden-datasets: its subfolders with a dataset.yaml, sorted. */
export function datasetNames(root: string): string[] {
  return subfoldersWith(root, descriptionFile)
}

/**
 * The folder of the dataset with a name.
 * @throws UserError that lists the datasets there are
 */
export function datasetFolder(root: string, name: string): string {
  const names = datasetNames(root)
  if (names.includes(name)) return join(root, name)
  const meant = nearestWord(name, names)
  const hint = meant === undefined ? '' : ` Did you mean "${meant}"?`
  const there = names.length === 0 ? 'no dataset' : names.join(', ')
  throw new UserError(`Expected a dataset in ${root} (there: ${there}), got "${name}".${hint}`)
}

/** The folders of the tasks that a dataset brings along: its subfolders with a task.yaml, in natural order. */
export function taskFolders(folder: string): string[] {
  return subfoldersWith(folder, 'task.yaml').map((name) => join(folder, name))
}

function subfoldersWith(folder: string, file: string): string[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => !entry.name.startsWith('.') && existsSync(join(folder, entry.name, file)))
    .map(({ name }) => name)
    .sort((a, b) => a.localeCompare(b, 'en', { numeric: true }))
}
