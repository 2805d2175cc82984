import { existsSync } from 'node:fs'
import { withChangedLine } from '../datasets/changed-line.ts'
import type { DatasetVersion } from '../datasets/dataset.ts'
import { versionNumber } from '../datasets/dataset-reference.ts'
import { listVersion } from '../datasets/import/write-version.ts'
import { samplesPath } from '../datasets/load-dataset-version.ts'
import { readText } from '../datasets/text-file.ts'
import { writeAtomically } from '../datasets/write-atomically.ts'
import type { JsonObject } from '../shared/json.ts'
import { UserError } from '../shared/user-error.ts'
import { targetsPath } from '../tasks/load-golden-set.ts'
import type { Task } from '../tasks/task.ts'

/**
 * What a review writes. Names of people are put into the version itself, which its hash does not cover. Corrections go into
 * a draft of the next version: copies of all its files that dataset.yaml does not list, so that no run can use it before
 * it is finished.
 */
export interface ReviewFiles {
  /** `v2` for a review of v1. */
  draftVersion: string
  hasDraft: () => boolean
  /** Writes who stands for a label, in the version and in its draft. */
  accept(task: Task, key: string, verifiedBy: string): void
  /** Writes a corrected target into the draft, which is begun with the first one. */
  correct(task: Task, key: string, target: JsonObject, verifiedBy: string): void
  /** Lists the draft in dataset.yaml: from now on it is a version like any other. */
  finish(description: string): void
}

/**
 * @param tasks all tasks that have targets for the version
 * @throws UserError when files of the next version exist that are no draft of this one
 */
export function reviewFiles({ folder, version }: DatasetVersion, tasks: readonly Task[]): ReviewFiles {
  const draftVersion = `v${versionNumber(version) + 1}`
  const draftSamples = samplesPath(folder, draftVersion)
  const samples = readText(samplesPath(folder, version))
  const draftTargets = tasks.map((task) => targetsPath(task.folder, draftVersion))
  const isBegun = existsSync(draftSamples)
  const strange = isBegun
    ? readText(draftSamples) === samples
      ? undefined
      : draftSamples
    : draftTargets.find((path) => existsSync(path))
  if (strange !== undefined) {
    throw new UserError(
      `${strange} exists already, is not listed in dataset.yaml and is no draft of a review of ${version}: list it, or remove it.`,
    )
  }
  // A review that was killed may have begun the draft without all of its targets.
  if (isBegun) for (const task of tasks) beginTargets(task, version, draftVersion)
  const hasDraft = () => existsSync(draftSamples)
  return {
    draftVersion,
    hasDraft,
    accept(task, key, verifiedBy) {
      const change = (line: JsonObject) => ({ ...line, verified_by: verifiedBy })
      changeLine(targetsPath(task.folder, version), key, change)
      if (hasDraft()) changeLine(targetsPath(task.folder, draftVersion), key, change)
    },
    correct(task, key, target, verifiedBy) {
      writeAtomically(draftSamples, samples)
      for (const each of tasks) beginTargets(each, version, draftVersion)
      changeLine(targetsPath(task.folder, draftVersion), key, (line) => ({ ...line, target, verified_by: verifiedBy }))
    },
    finish: (description) => listVersion(folder, { version: draftVersion, description }),
  }
}

function beginTargets({ folder }: Task, version: string, draftVersion: string): void {
  const path = targetsPath(folder, draftVersion)
  if (!existsSync(path)) writeAtomically(path, readText(targetsPath(folder, version)))
}

function changeLine(path: string, key: string, change: (line: JsonObject) => JsonObject): void {
  writeAtomically(path, withChangedLine(readText(path), key, change))
}
