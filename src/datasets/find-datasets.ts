import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { nearestWord } from '../shared/nearest-word.ts'
import { UserError } from '../shared/user-error.ts'
import { descriptionFile } from './dataset-description.ts'

/**
 * The datasets in folders such as golden-datasets: name → folder, sorted by name. A subfolder with a dataset.yaml is a
 * dataset; of two with one name the one in the earlier root counts.
 */
export function findDatasets(roots: readonly string[]): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  for (const root of roots) {
    for (const name of subfoldersWith(root, descriptionFile)) if (!found.has(name)) found.set(name, join(root, name))
  }
  return new Map([...found].sort(([a], [b]) => (a < b ? -1 : 1)))
}

/**
 * The folder of the dataset with a name.
 * @throws UserError that lists the datasets there are
 */
export function datasetFolder(roots: readonly string[], name: string): string {
  const found = findDatasets(roots)
  const folder = found.get(name)
  if (folder !== undefined) return folder
  const names = [...found.keys()]
  const meant = nearestWord(name, names)
  const hint = meant === undefined ? '' : ` Did you mean "${meant}"?`
  const there = names.length === 0 ? 'there is none' : `there: ${names.join(', ')}`
  throw new UserError(`Expected a dataset in ${roots.join(' or ')} (${there}), got "${name}".${hint}`)
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
