import { existsSync } from 'node:fs'
import { join } from 'node:path'
import * as z from 'zod'
import { checkedLines, jsonObjectSchema } from '../datasets/checked-lines.ts'
import type { DatasetVersion } from '../datasets/dataset.ts'
import { refuseProblems } from '../datasets/file-problem.ts'
import { keySchema } from '../datasets/samples-file.ts'
import type { JsonObject } from '../shared/json.ts'
import { unknownKeys, wrongTargets } from './load-golden-set.ts'
import type { Task } from './task.ts'

const lineSchema = z.strictObject({
  key: keySchema,
  target: jsonObjectSchema,
  notes: z.string().nullish(),
  labelled_by: z.string().min(1),
})

/**
 * Labels that stand beside the targets of a version. `first` holds the first label of those targets that were changed when
 * the two labels were compared; every other target is the first label itself.
 */
export type LabelRound = 'first' | 'second'

export function labelsPath(taskFolder: string, version: string, round: LabelRound): string {
  return join(taskFolder, `${round}-labels.${version}.jsonl`)
}

/**
 * The targets of one round of labels, by the key of their sample; undefined where there is no such file.
 * @throws UserError that lists every problem with its line
 */
export function loadLabels(
  version: DatasetVersion,
  task: Task,
  round: LabelRound,
): ReadonlyMap<string, JsonObject> | undefined {
  const path = labelsPath(task.folder, version.version, round)
  if (!existsSync(path)) return undefined
  const { lines, problems } = checkedLines(path, lineSchema)
  refuseProblems([...problems, ...unknownKeys(path, lines, version), ...wrongTargets(path, lines, task)])
  return new Map(lines.map(({ value: { key, target } }) => [key, target]))
}
