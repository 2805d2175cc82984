import { basename } from 'node:path'
import type { DatasetVersion, Sample, Target } from '../datasets/dataset.ts'
import { newestVersion } from '../datasets/dataset-description.ts'
import { loadDatasetVersion } from '../datasets/load-dataset-version.ts'
import { canonicalJson, type JsonObject } from '../shared/json.ts'
import { didYouMean } from '../shared/nearest-word.ts'
import { UserError } from '../shared/user-error.ts'
import { loadGoldenSet } from '../tasks/load-golden-set.ts'
import type { Task } from '../tasks/task.ts'
import { type ReviewFiles, reviewFiles } from './review-files.ts'
import { taskVersions } from './task-versions.ts'

export interface ReviewRequest {
  /** Of the dataset. */
  folder: string
  /** Canonical; undefined takes the newest, and no other can be reviewed. */
  version: string | undefined
  /** The name of the person who looks at the labels. */
  by: string
  /** Folder of the only task to review, such as `tier1`. */
  tier: string | undefined
  /** Key of the only sample to review. */
  only: string | undefined
}

/** One label that a person is asked about. */
export interface ReviewItem {
  sample: Sample
  task: Task
  label: Target
  /** 1-based, among those that are left to review. */
  number: number
  of: number
}

/** What a person says of a label. Nothing more is asked after `quit`. */
export type ReviewReply =
  | { action: 'accept' }
  | { action: 'correct'; target: JsonObject }
  | { action: 'skip' }
  | { action: 'quit' }

export interface ReviewReport {
  dataset: string
  version: string
  accepted: number
  corrected: number
  skipped: number
  /** Labels of this review that were not looked at. */
  left: number
  /** The version that corrections went into; undefined without any. */
  corrections: { version: string; status: 'draft' | 'finished' } | undefined
}

/**
 * Asks a person about every label that does not have their name yet, and writes each reply at once: the name of who
 * accepted a label into the version, a correction into a draft of the next version. The draft becomes a version when the
 * review has come to its end; after `quit` the next review goes on with it.
 * @throws UserError when the version is not the newest, or nothing is there to review
 */
export async function reviewDataset(
  request: ReviewRequest,
  ask: (item: ReviewItem) => Promise<ReviewReply>,
): Promise<ReviewReport> {
  const { version, tasks, files } = opened(request)
  const items = itemsOf(version, tasks, files, request)
  const report = { accepted: 0, corrected: 0, skipped: 0, left: items.length }
  for (const [index, { sample, task, label }] of items.entries()) {
    const reply = await ask({ sample, task, label, number: index + 1, of: items.length })
    if (reply.action === 'quit') break
    report.left -= 1
    report[counters[carriedOut(files, { task, label }, reply, request.by)]] += 1
  }
  if (report.left === 0 && files.hasDraft()) finish(files, version, request.by)
  const status = report.left === 0 ? 'finished' : 'draft'
  const corrections = files.hasDraft() ? ({ version: files.draftVersion, status } as const) : undefined
  return { dataset: version.name, version: version.version, ...report, corrections }
}

/**
 * Makes a version of the draft that an unfinished review left.
 * @returns the new version
 * @throws UserError when there is no draft
 */
export function finishReview(request: Pick<ReviewRequest, 'folder' | 'version' | 'by'>): string {
  const { version, files } = opened(request)
  if (!files.hasDraft()) {
    throw new UserError(`${version.name}@${version.version} has no corrections that wait for ${files.draftVersion}.`)
  }
  finish(files, version, request.by)
  return files.draftVersion
}

const counters = { accept: 'accepted', correct: 'corrected', skip: 'skipped' } as const

function opened({ folder, version: wanted }: Pick<ReviewRequest, 'folder' | 'version'>) {
  const version = loadDatasetVersion(folder, wanted)
  const newest = newestVersion(version.description)
  if (version.version !== newest) {
    throw new UserError(
      `${version.name}@${version.version} has a successor: review ${newest}, so that no correction is lost.`,
    )
  }
  const tasks = taskVersions(version).map(({ task }) => task)
  return { version, tasks, files: reviewFiles(version, tasks) }
}

function itemsOf(
  version: DatasetVersion,
  tasks: readonly Task[],
  files: ReviewFiles,
  { tier, only, by }: ReviewRequest,
): Omit<ReviewItem, 'number' | 'of'>[] {
  const names = tasks.map(({ folder }) => basename(folder))
  if (tier !== undefined && !names.includes(tier))
    throw new UserError(`Expected a tier of ${version.name} (${names.join(', ')}), got "${tier}".`)
  const keys = version.samples.map(({ key }) => key)
  if (only !== undefined && !keys.includes(only)) {
    const name = `${version.name}@${version.version}`
    throw new UserError(`Expected the key of a sample of ${name}, got "${only}"${didYouMean(only, keys)}.`)
  }
  const wanted = tasks.filter(({ folder }) => tier === undefined || basename(folder) === tier)
  const labels = new Map(wanted.map((task) => [task, openLabels(version, task, files, by)]))
  return version.samples
    .filter(({ key }) => only === undefined || key === only)
    .flatMap((sample) =>
      wanted.flatMap((task) => {
        const label = labels.get(task)?.get(sample.key)
        return label === undefined ? [] : [{ sample, task, label }]
      }),
    )
}

/** The labels that this person has neither accepted nor corrected yet. */
function openLabels(version: DatasetVersion, task: Task, files: ReviewFiles, by: string): Map<string, Target> {
  const { targets } = loadGoldenSet(version, task)
  const draft = files.hasDraft()
    ? loadGoldenSet({ ...version, version: files.draftVersion }, task).targets
    : new Map<string, Target>()
  const isDone = (label: Target | undefined) => label?.verifiedBy !== undefined && isNamed(label.verifiedBy, by)
  return new Map([...targets].filter(([key, label]) => !isDone(label) && !isDone(draft.get(key))))
}

function carriedOut(
  files: ReviewFiles,
  { task, label }: Pick<ReviewItem, 'task' | 'label'>,
  reply: Exclude<ReviewReply, { action: 'quit' }>,
  by: string,
): keyof typeof counters {
  if (reply.action === 'skip') return 'skip'
  const isChanged = reply.action === 'correct' && canonicalJson(reply.target) !== canonicalJson(label.target)
  if (isChanged) files.correct(task, label.key, reply.target, wordsFor(by, label))
  else files.accept(task, label.key, wordsFor(by, label))
  return isChanged ? 'correct' : 'accept'
}

/** What was made up stays so, whoever has looked at its label: the word "synthetic" is kept. */
function wordsFor(by: string, { verifiedBy }: Target): string {
  return verifiedBy !== undefined && /synthetic/i.test(verifiedBy) ? `${by} (synthetic)` : by
}

function isNamed(words: string, by: string): boolean {
  return words === by || words === `${by} (synthetic)`
}

function finish(files: ReviewFiles, { version }: DatasetVersion, by: string): void {
  files.finish(`${version} with corrections of a review by ${by}.`)
}
