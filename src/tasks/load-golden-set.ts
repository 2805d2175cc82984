import { existsSync } from 'node:fs'
import { join } from 'node:path'
import * as z from 'zod'
import { type CheckedLine, checkedLines, jsonObjectSchema } from '../datasets/checked-lines.ts'
import type { DatasetVersion, GoldenSet, Sample, Target } from '../datasets/dataset.ts'
import { type FileProblem, refuseProblems } from '../datasets/file-problem.ts'
import { keySchema } from '../datasets/samples-file.ts'
import { contentHash, type JsonObject } from '../shared/json.ts'
import { nearestWord } from '../shared/nearest-word.ts'
import { UserError } from '../shared/user-error.ts'
import { targetProblems } from './target-problems.ts'
import type { Task } from './task.ts'

const lineSchema = z.strictObject({
  key: keySchema,
  target: jsonObjectSchema,
  notes: z.string().nullish(),
  verified_by: z.string().min(1).nullish(),
})

const hintedKeys = 20

type TargetLine = z.output<typeof lineSchema>

/**
 * Joins the samples of a dataset version with the targets of a task: what the task's tier is evaluated on.
 * @throws UserError that lists every problem of the targets with its line: no JSON, wrong types, values that no scorer can
 * compare, keys that stand twice or belong to no sample; and placeholders of the prompt that no sample fills
 */
export function loadGoldenSet(version: DatasetVersion, task: Task): GoldenSet {
  const path = targetsPath(task.folder, version.version)
  if (!existsSync(path)) {
    throw new UserError(
      `${path}: expected the targets of "${task.name}" for ${version.name}@${version.version}, but there is no such file.`,
    )
  }
  const { lines, problems } = checkedLines(path, lineSchema)
  refuseProblems([
    ...problems,
    ...unknownKeys(path, lines, version),
    ...wrongTargets(path, lines, task),
    ...placeholderProblems(version.samples, task),
  ])
  return joined(version, new Map(lines.map(({ value }) => [value.key, targetFrom(value)])))
}

export function targetsPath(taskFolder: string, version: string): string {
  return join(taskFolder, `targets.${version}.jsonl`)
}

function joined({ name, version, samples }: DatasetVersion, targets: ReadonlyMap<string, Target>): GoldenSet {
  const labelled = samples.filter(({ key }) => targets.has(key))
  const unlabelled = samples.filter(({ key }) => !targets.has(key)).map(({ key }) => key)
  return { name, version, hash: goldenHash(labelled, targets), samples: labelled, targets, unlabelled }
}

/** Over what decides an evaluation; notes, names, categories and complexities may be mended without a new version. */
function goldenHash(samples: readonly Sample[], targets: ReadonlyMap<string, Target>): string {
  const content = samples.map(({ key, input, cluster }) => ({
    key,
    input,
    cluster: cluster ?? null,
    target: targets.get(key)?.target ?? null,
  }))
  return contentHash(content.sort((a, b) => (a.key < b.key ? -1 : 1)))
}

function targetFrom({ key, target, notes, verified_by: verifiedBy }: TargetLine): Target {
  return { key, target, notes: notes ?? undefined, verifiedBy: verifiedBy ?? undefined }
}

/** Lines whose key no sample of the version has. */
export function unknownKeys(
  file: string,
  lines: readonly CheckedLine<{ key: string }>[],
  version: DatasetVersion,
): FileProblem[] {
  const keys = new Set(version.samples.map(({ key }) => key))
  return lines
    .filter(({ value }) => !keys.has(value.key))
    .map(({ line, value: { key } }, index) => {
      // Looking for the nearest of all keys is slow; the first few say what is wrong.
      const meant = index < hintedKeys ? nearestWord(key, [...keys]) : undefined
      const hint = meant === undefined ? '' : ` (did you mean "${meant}"?)`
      return { file, line, message: `expected the key of a sample of ${version.version}, got "${key}"${hint}` }
    })
}

/** What the scorers and the schema of a task have against targets. */
export function wrongTargets(
  file: string,
  lines: readonly CheckedLine<{ target: JsonObject }>[],
  task: Task,
): FileProblem[] {
  return lines.flatMap(({ line, value: { target } }) =>
    targetProblems(task, target).map((message) => ({ file, line, message: `in the target, ${message}` })),
  )
}

/** What is wrong with the placeholders of a prompt: each must be a key that at least one sample has in its input. */
export function placeholderProblems(
  samples: readonly Pick<Sample, 'input'>[],
  { folder, prompt }: Task,
): FileProblem[] {
  const keys = [...new Set(samples.flatMap(({ input }) => Object.keys(input)))]
  const expected = [...keys, 'schema'].join(', ')
  return [...prompt.placeholders]
    .filter(([placeholder]) => !keys.includes(placeholder))
    .map(([placeholder, line]) => ({
      file: join(folder, 'prompt.md'),
      line,
      message: `expected a key of the input (${expected}), got {{${placeholder}}}, which no sample has`,
    }))
}
