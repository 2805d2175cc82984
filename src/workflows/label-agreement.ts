import { bootstrapInterval } from '../analysis/statistics/bootstrap-interval.ts'
import { kappa, quadraticDisagreement } from '../analysis/statistics/kappa.ts'
import { mean } from '../analysis/statistics/mean.ts'
import type { DatasetVersion } from '../datasets/dataset.ts'
import { taskFolders } from '../datasets/find-datasets.ts'
import { loadDatasetVersion } from '../datasets/load-dataset-version.ts'
import {
  type AgreementKind,
  agreementKinds,
  type SampleAgreement,
  sampleAgreement,
} from '../scoring/agreement/sample-agreement.ts'
import type { JsonObject } from '../shared/json.ts'
import { UserError } from '../shared/user-error.ts'
import { labelsPath, loadLabels } from '../tasks/load-labels.ts'
import type { FieldScoring, Task } from '../tasks/task.ts'
import { taskVersions } from './task-versions.ts'

/** How far two rounds of labels of a version agree. */
export interface LabelAgreement {
  dataset: string
  version: string
  tasks: TaskAgreement[]
}

export interface TaskAgreement {
  task: string
  /** Labelled twice. */
  samples: number
  /** Targets of the version that were labelled only once. */
  labelledOnce: number
  fields: FieldAgreement[]
}

export interface FieldAgreement {
  path: string
  kind: AgreementKind
  weight: number
  /** The first one says how well the labels agree; of numbers the second says whether there is one at all. */
  measures: { name: string; value: number | null; interval95: [number, number] | null }[]
  /** Keys of the samples whose two labels are not the same. */
  differing: string[]
}

/** One sample with both of its labels. */
export interface LabelledTwice {
  key: string
  first: JsonObject
  second: JsonObject
}

const bootstrap = { resamples: 2000, seed: 20_261_101 }

/**
 * Compares the first with the second labels of a version, in every task that has second labels.
 * @param version canonical; the newest one when it is undefined
 * @throws UserError when a file is broken, or when no task has second labels
 */
export function labelAgreement(folder: string, version: string | undefined): LabelAgreement {
  const loaded = loadDatasetVersion(folder, version)
  const tasks = twiceLabelled(loaded)
  if (tasks.length > 0) return { dataset: loaded.name, version: loaded.version, tasks }
  const expected = taskFolders(folder).map((path) => labelsPath(path, loaded.version, 'second'))
  throw new UserError(
    `${loaded.name}@${loaded.version} was labelled once. Expected second labels, one JSON object a line with key, target, notes and labelled_by, in ${expected.join(', ')}.`,
  )
}

/** The agreement in every task of a version that has second labels. */
export function twiceLabelled(version: DatasetVersion): TaskAgreement[] {
  return taskVersions(version).flatMap(({ task, golden: { targets } }): TaskAgreement[] => {
    const second = loadLabels(version, task, 'second')
    if (second === undefined) return []
    const before = loadLabels(version, task, 'first')
    const pairs = [...targets.values()].flatMap(({ key, target }): LabelledTwice[] => {
      const again = second.get(key)
      return again === undefined ? [] : [{ key, first: before?.get(key) ?? target, second: again }]
    })
    const labelledOnce = targets.size - pairs.length
    return [{ task: task.name, samples: pairs.length, labelledOnce, fields: taskAgreement(task, pairs) }]
  })
}

/** The agreement in every field of a task, scored or only reported. */
export function taskAgreement({ scoring }: Pick<Task, 'scoring'>, pairs: readonly LabelledTwice[]): FieldAgreement[] {
  // Sorted, so that the resamples and with them the intervals do not depend on the order of the file.
  const ordered = pairs.toSorted((a, b) => (a.key < b.key ? -1 : 1))
  return scoring.map((field) => fieldAgreement(field, ordered))
}

function fieldAgreement(field: FieldScoring, pairs: readonly LabelledTwice[]): FieldAgreement {
  const kind = agreementKinds[field.scorer]
  const samples = pairs.map(({ key, first, second }) => ({ key, ...sampleAgreement(field, first, second) }))
  return {
    path: field.path,
    kind,
    weight: field.weight,
    measures: measuresOf(kind).map(({ name, of }) => ({
      name,
      value: of(samples) ?? null,
      interval95: bootstrapInterval(samples, of, bootstrap) ?? null,
    })),
    differing: samples.filter(({ isSame }) => !isSame).map(({ key }) => key),
  }
}

interface Measure {
  name: string
  of: (samples: readonly SampleAgreement[]) => number | undefined
}

function measuresOf(kind: AgreementKind): Measure[] {
  switch (kind) {
    case 'category':
      return [{ name: 'kappa', of: (samples) => kappa(samples.map(({ labels }) => labels)) }]
    case 'level':
      return [{ name: 'weighted kappa', of: weightedKappa }]
    case 'number':
      return [
        { name: 'equal values', of: meanShare },
        { name: 'kappa of stated', of: (samples) => kappa(samples.map(({ labels }) => labels)) },
      ]
    default:
      return [{ name: 'mean F1', of: meanShare }]
  }
}

function weightedKappa(samples: readonly SampleAgreement[]): number | undefined {
  const levels = samples.map(({ labels: [first, second] }) => [levelIn(first), levelIn(second)] as const)
  return kappa(levels, quadraticDisagreement(levels))
}

function levelIn(label: string | number | null): number | null {
  return typeof label === 'number' ? label : null
}

function meanShare(samples: readonly SampleAgreement[]): number | undefined {
  return mean(samples.flatMap(({ share }) => share ?? []))
}
