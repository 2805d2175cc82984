import { existsSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { DatasetDescription } from '../datasets/dataset.ts'
import { descriptionFile, loadDescription, newestVersion } from '../datasets/dataset-description.ts'
import { versionNumber } from '../datasets/dataset-reference.ts'
import { type FileProblem, FileProblems } from '../datasets/file-problem.ts'
import type { ColumnChoices, ColumnPlan } from '../datasets/import/column-plan.ts'
import { planColumns } from '../datasets/import/plan-columns.ts'
import { readRows } from '../datasets/import/read-rows.ts'
import { samplesFromRows } from '../datasets/import/samples-from-rows.ts'
import { writeNewDataset, writeNextVersion } from '../datasets/import/write-version.ts'
import { UserError } from '../shared/user-error.ts'
import { type ImportedTier, importTiers } from './import-tiers.ts'
import { importedFiles } from './imported-files.ts'

export interface ImportRequest {
  /** A user's own .jsonl or .csv. */
  file: string
  /** The folder of the datasets. */
  root: string
  name: string
  /** Canonical; undefined takes the one after the newest. */
  version: string | undefined
  columns: ColumnChoices
  /** Leave lines out that cannot be taken, instead of refusing the file. */
  skipBad: boolean
  /** Write nothing. */
  dryRun: boolean
}

export interface ImportReport {
  name: string
  version: string
  folder: string
  isNew: boolean
  isWritten: boolean
  plan: ColumnPlan
  samples: number
  tiers: { tier: string; labelled: number; isNew: boolean }[]
  leftOut: FileProblem[]
  /** Paths within `folder`. */
  files: string[]
}

/**
 * Makes a dataset, or the next version of one, of a user's own file. A task that the dataset does not have yet is guessed
 * from its targets. All or nothing is written.
 * @throws UserError that lists every line that cannot be taken (unless they are skipped), or says why the version cannot
 * be written
 */
export function importDataset(request: ImportRequest): ImportReport {
  const { file, root, name } = request
  const folder = join(root, name)
  const before = existsSync(join(folder, descriptionFile)) ? loadDescription(folder) : undefined
  const version = freeVersion(before, request.version, folder)
  const rows = readRows(file)
  if (rows.rows.length === 0)
    throw new FileProblems(rows.bad, `${file}: expected at least one line that can be taken, got none.`)
  const plan = planColumns(rows, request.columns)
  const { samples, bad } = samplesFromRows(file, rows.rows, plan)
  const imported = importTiers({ file, folder, name, rows, plan, samples })
  const leftOut = inOrder([...rows.bad, ...bad, ...imported.bad])
  if (leftOut.length > 0 && !request.skipBad)
    throw new FileProblems(leftOut, 'Nothing was written; --skip-bad leaves these lines out.')
  const leftOutLines = new Set(leftOut.map(({ line }) => line))
  const taken = samples.filter(({ row }) => !leftOutLines.has(row.line))
  if (taken.length === 0) throw new UserError(`${file}: expected at least one line that can be taken, got none.`)
  const files = importedFiles(version, taken, imported.tiers, plan)
  if (!request.dryRun) write(request, before, version, files)
  return {
    name,
    version,
    folder,
    isNew: before === undefined,
    isWritten: !request.dryRun,
    plan,
    samples: taken.length,
    tiers: imported.tiers.map((tier) => ({
      tier: tier.tier,
      labelled: labelledOf(tier, taken),
      isNew: tier.skeleton !== undefined,
    })),
    leftOut,
    files: [...files.keys()],
  }
}

function freeVersion(before: DatasetDescription | undefined, wanted: string | undefined, folder: string): string {
  if (before === undefined) return wanted ?? 'v1'
  const next = `v${versionNumber(newestVersion(before)) + 1}`
  if (wanted === undefined || !before.versions.some(({ version }) => version === wanted)) return wanted ?? next
  throw new UserError(`${folder} has ${wanted} already, and a version never changes: make ${next}.`)
}

function write(
  request: ImportRequest,
  before: DatasetDescription | undefined,
  version: string,
  files: ReadonlyMap<string, string>,
): void {
  const { root, name, file } = request
  const entry = { version, description: `Imported from ${basename(file)}.` }
  if (before !== undefined) writeNextVersion(join(root, name), entry, files)
  else
    writeNewDataset(
      root,
      {
        name,
        title: name,
        description: 'Imported; not described yet.',
        licence: 'not stated',
        madeBy: 'not stated',
        versions: [entry],
      },
      files,
    )
}

function labelledOf({ targets }: ImportedTier, taken: readonly { sample: { key: string } }[]): number {
  return taken.filter(({ sample }) => targets.has(sample.key)).length
}

function inOrder(problems: readonly FileProblem[]): FileProblem[] {
  return problems.toSorted((a, b) => (a.line ?? 0) - (b.line ?? 0))
}
