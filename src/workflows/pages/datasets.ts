import { importGoldenJobs } from '../../database/golden-job-queries.ts'
import {
  type GoldenClass,
  type GoldenColumn,
  type GoldenEntry,
  type GoldenListEntry,
  type GoldenReference,
  goldenClasses,
  goldenEntry,
  goldenList,
  goldenVersions,
  type HardSample,
  hardestSamples,
  hasGolden,
  newestEvaluationsOn,
  usedBy,
} from '../../database/golden-page-queries.ts'
import type { ListSort } from '../../database/list-order.ts'
import type { DatasetDescription } from '../../datasets/dataset.ts'
import { loadDescription, newestVersion } from '../../datasets/dataset-description.ts'
import { parseDatasetReference } from '../../datasets/dataset-reference.ts'
import { loadDatasetVersion } from '../../datasets/load-dataset-version.ts'
import { NotThere } from '../../shared/not-there.ts'
import { UserError } from '../../shared/user-error.ts'
import { loadGoldenSet } from '../../tasks/load-golden-set.ts'
import { loadTask } from '../../tasks/load-task.ts'
import type { Workspace } from '../workspace.ts'
import { iso } from './iso.ts'
import { listCursor, listPosition } from './list-position.ts'

export interface DatasetItem {
  /** `job-analysis@v1` */
  reference: string
  name: string
  version: string
  samples: number
  /** The tiers that it is configured for. */
  tiers: number[]
}

/** The dataset versions that were used or are configured. */
export async function loadDatasets(workspace: Workspace): Promise<DatasetItem[]> {
  const { db } = workspace.database
  await bringConfiguredIn(workspace)
  const versions = await goldenVersions(db)
  return versions.map((version) => itemOf(workspace, version, version.samples))
}

export interface DatasetPage extends DatasetItem {
  /** Of dataset.yaml; null where it is gone. */
  description: {
    title: string
    about: string
    ofVersion: string
    licence: string
    madeBy: string
  } | null
  /** How the targets came about, in the words of the data; null: nobody says. */
  verifiedBy: { words: string | null; samples: number }[]
  usedBy: { task: string; hash: string; firstUsedAt: string }[]
  classes: { category: string | null; complexity: string | null; samples: number }[]
  /** By the newest evaluation of each tier. */
  hardest: { tier: number; tierName: string; evaluation: string; evaluatedAt: string | null; samples: HardSample[] }[]
}

const shownHardest = 10

/**
 * @param reference `job-analysis@v1`; without a version the newest one that is known
 * @throws UserError when it is not known
 */
export async function loadDataset(workspace: Workspace, reference: string): Promise<DatasetPage> {
  const { db } = workspace.database
  const golden = await theDataset(workspace, reference)
  const classes = await goldenClasses(db, golden)
  const item = itemOf(workspace, golden, samplesIn(classes))
  return {
    ...item,
    description: describedIn(workspace, item),
    verifiedBy: summed(classes, ({ verifiedBy }) => ({ words: verifiedBy })).toSorted(byMostSamples),
    usedBy: (await usedBy(db, item)).map((use) => ({ ...use, firstUsedAt: use.firstUsedAt.toISOString() })),
    classes: summed(classes, ({ category, complexity }) => ({ category, complexity })),
    hardest: await hardestOf(workspace, item),
  }
}

export interface DatasetSamplesRequest {
  category: string | undefined
  complexity: string | undefined
  /** Undefined: by key. */
  sort?: ListSort<GoldenColumn> | undefined
  cursor: string | undefined
  limit: number
}

/** By key, or in the order of a column. @throws UserError when the dataset is not known, and for a cursor that was not made here */
export async function loadDatasetSamples(
  workspace: Workspace,
  reference: string,
  { sort, cursor, limit, ...filter }: DatasetSamplesRequest,
): Promise<{ items: GoldenListEntry[]; next: string | null }> {
  const golden = await theDataset(workspace, reference)
  const [after] = listPosition(cursor, sort)?.rest ?? []
  const rows = await goldenList(workspace.database.db, golden, {
    ...filter,
    afterKey: after === undefined ? undefined : String(after),
    isDescending: sort?.isDescending ?? false,
    limit: limit + 1,
  })
  const items = rows.slice(0, limit)
  const last = items.at(-1)
  const hasMore = rows.length > limit && last !== undefined
  return { items, next: hasMore ? listCursor(sort, { at: null, rest: [last.sample] }) : null }
}

export interface DatasetSamplePage extends GoldenEntry {
  reference: string
}

/** @throws NotThere when the dataset or the sample is not known */
export async function loadDatasetSample(
  workspace: Workspace,
  reference: string,
  sample: string,
): Promise<DatasetSamplePage> {
  const golden = await theDataset(workspace, reference)
  const entry = await goldenEntry(workspace.database.db, golden, sample)
  if (entry === undefined) throw new NotThere(`${referenceTo(golden)} has no sample "${sample}".`)
  return { reference: referenceTo(golden), ...entry }
}

async function theDataset(workspace: Workspace, reference: string): Promise<GoldenReference> {
  const { name, version } = parseDatasetReference(reference)
  if (version !== undefined && (await hasGolden(workspace.database.db, { name, version }))) return { name, version }
  const all = await loadDatasets(workspace)
  const found = all.find((each) => each.name === name && (version === undefined || each.version === version))
  if (found !== undefined) return found
  const references = all.map((each) => each.reference).join(', ')
  throw new NotThere(`Expected a dataset that was used (${references || 'there is none'}), got "${reference}".`)
}

function referenceTo({ name, version }: GoldenReference): string {
  return `${name}@${version}`
}

function itemOf(workspace: Workspace, { name, version }: GoldenReference, samples: number): DatasetItem {
  const golden = { name, version }
  return { reference: referenceTo(golden), ...golden, samples, tiers: tiersOf(workspace, golden).map(({ id }) => id) }
}

function samplesIn(classes: readonly { samples: number }[]): number {
  return classes.reduce((sum, { samples }) => sum + samples, 0)
}

/** The samples of classes that have the same key. */
function summed<K extends object>(classes: readonly GoldenClass[], keyOf: (each: GoldenClass) => K) {
  const groups = Map.groupBy(classes, (each) => JSON.stringify(keyOf(each)))
  return [...groups].map(([key, same]) => {
    return { ...(JSON.parse(key) as K), samples: samplesIn(same) }
  })
}

function byMostSamples(one: { samples: number }, other: { samples: number }): number {
  return other.samples - one.samples
}

function tiersOf({ config }: Workspace, { name, version }: GoldenReference) {
  return config.tiers.filter(({ dataset }) => {
    const description = descriptionIn(dataset.folder)
    return description?.name === name && (dataset.version ?? newestVersion(description)) === version
  })
}

/** Undefined where nothing can be read. */
function descriptionIn(folder: string): DatasetDescription | undefined {
  return attempt(() => loadDescription(folder))
}

function describedIn({ config }: Workspace, { name, version }: DatasetItem): DatasetPage['description'] {
  const descriptions = config.tiers.flatMap(({ dataset }) => descriptionIn(dataset.folder) ?? [])
  const description = descriptions.find((each) => each.name === name)
  if (description === undefined) return null
  return {
    title: description.title,
    about: description.description,
    ofVersion: description.versions.find((each) => each.version === version)?.description ?? '',
    licence: description.licence,
    madeBy: description.madeBy,
  }
}

/** A dataset that no evaluation has used yet is shown all the same. */
async function bringConfiguredIn({ config, database: { db }, clock }: Workspace): Promise<void> {
  const known = new Set((await goldenVersions(db)).map(({ name }) => name))
  for (const { id, dataset, task } of config.tiers) {
    if (known.has(descriptionIn(dataset.folder)?.name ?? '')) continue
    const golden = attempt(() => loadGoldenSet(loadDatasetVersion(dataset.folder, dataset.version), loadTask(task)))
    if (golden === undefined) continue
    const { name, version, samples, targets } = golden
    await importGoldenJobs(db, { name, version, samples, targets: new Map([[id, targets]]) }, clock.now())
  }
}

function attempt<T>(read: () => T): T | undefined {
  try {
    return read()
  } catch (error) {
    if (error instanceof UserError) return undefined
    throw error
  }
}

async function hardestOf({ database: { db } }: Workspace, item: DatasetItem): Promise<DatasetPage['hardest']> {
  const found: DatasetPage['hardest'] = []
  for (const { id: evaluation, tier, tierName, finishedAt } of await newestEvaluationsOn(db, item)) {
    const samples = await hardestSamples(db, evaluation, shownHardest)
    if (samples.length > 0) found.push({ tier, tierName, evaluation, evaluatedAt: iso(finishedAt), samples })
  }
  return found
}
