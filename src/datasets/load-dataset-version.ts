import { join } from 'node:path'
import { UserError } from '../shared/user-error.ts'
import type { DatasetDescription, DatasetVersion } from './dataset.ts'
import { descriptionFile, loadDescription, newestVersion } from './dataset-description.ts'
import { refuseProblems } from './file-problem.ts'
import { readSamples } from './samples-file.ts'

/**
 * Reads one version of a dataset, without targets.
 * @param version canonical (`v1`); the newest one when it is undefined
 * @throws UserError that lists every problem of the files with its line, or the versions that exist
 */
export function loadDatasetVersion(folder: string, version?: string): DatasetVersion {
  const description = loadDescription(folder)
  const wanted = version ?? newestVersion(description)
  refuseUnknownVersion(folder, description, wanted)
  const { lines, problems } = readSamples(samplesPath(folder, wanted))
  refuseProblems(problems)
  return { name: description.name, version: wanted, folder, description, samples: lines.map(({ value }) => value) }
}

export function samplesPath(folder: string, version: string): string {
  return join(folder, version, 'samples.jsonl')
}

function refuseUnknownVersion(folder: string, { name, versions }: DatasetDescription, wanted: string): void {
  const known = versions.map(({ version }) => version)
  if (known.includes(wanted)) return
  const file = join(folder, descriptionFile)
  throw new UserError(`${file}: expected a version of ${name} (it lists ${known.join(', ')}), got ${wanted}.`)
}
