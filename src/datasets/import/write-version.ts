import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { parseDocument, stringify } from 'yaml'
import { UserError } from '../../shared/user-error.ts'
import type { DatasetDescription } from '../dataset.ts'
import { descriptionFile } from '../dataset-description.ts'
import { writeAtomically } from '../write-atomically.ts'

/** Files to write: path within the dataset's folder → content. */
export type NewFiles = ReadonlyMap<string, string>

/**
 * Writes a dataset that does not exist yet, as a whole or not at all.
 * @throws UserError when there is something of that name
 */
export function writeNewDataset(root: string, description: DatasetDescription, files: NewFiles): void {
  const folder = join(root, description.name)
  if (existsSync(folder)) throw new UserError(`${folder} exists already and is no dataset: choose another --name.`)
  mkdirSync(root, { recursive: true })
  withTemporaryFolder(root, (temporary) => {
    const made = join(temporary, description.name)
    writeFiles(made, new Map([...files, [descriptionFile, descriptionText(description)]]))
    renameSync(made, folder)
  })
}

/**
 * Adds a version to a dataset. It is listed in dataset.yaml last: until then it does not exist.
 * @throws UserError when one of the files exists: a version never changes
 */
export function writeNextVersion(
  folder: string,
  version: { version: string; description: string },
  files: NewFiles,
): void {
  for (const path of files.keys()) {
    if (!existsSync(join(folder, path))) continue
    throw new UserError(
      `${join(folder, path)} exists already, and a version never changes: choose another --dataset-version, or remove what an interrupted import left.`,
    )
  }
  withTemporaryFolder(folder, (temporary) => {
    writeFiles(temporary, new Map([...files, [descriptionFile, withVersion(folder, version)]]))
    for (const path of [...files.keys(), descriptionFile]) {
      mkdirSync(dirname(join(folder, path)), { recursive: true })
      renameSync(join(temporary, path), join(folder, path))
    }
  })
}

/** Lists a version whose files are there already in dataset.yaml. */
export function listVersion(folder: string, version: { version: string; description: string }): void {
  writeAtomically(join(folder, descriptionFile), withVersion(folder, version))
}

function withTemporaryFolder(parent: string, work: (folder: string) => void): void {
  const temporary = mkdtempSync(join(parent, '.import-'))
  try {
    work(temporary)
  } finally {
    rmSync(temporary, { recursive: true, force: true })
  }
}

function writeFiles(folder: string, files: NewFiles): void {
  for (const [path, content] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), content)
  }
}

function descriptionText({ madeBy, versions, ...rest }: DatasetDescription): string {
  return stringify({ ...rest, made_by: madeBy, versions })
}

/** dataset.yaml with one more version; comments and order stay as they are. */
function withVersion(folder: string, version: { version: string; description: string }): string {
  const document = parseDocument(readFileSync(join(folder, descriptionFile), 'utf8'))
  document.addIn(['versions'], document.createNode(version))
  return document.toString()
}
