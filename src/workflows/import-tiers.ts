import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FileProblem } from '../datasets/file-problem.ts'
import { refuseProblems } from '../datasets/file-problem.ts'
import type { ColumnPlan, TargetColumn } from '../datasets/import/column-plan.ts'
import type { Rows } from '../datasets/import/read-rows.ts'
import type { ImportedSample } from '../datasets/import/samples-from-rows.ts'
import type { JsonObject } from '../shared/json.ts'
import { placeholderProblems } from '../tasks/load-golden-set.ts'
import { loadTask } from '../tasks/load-task.ts'
import { asAnswerSchema } from '../tasks/schema-subset.ts'
import { taskSkeleton } from '../tasks/skeleton/task-skeleton.ts'
import { targetReader } from '../tasks/target-columns.ts'
import { targetProblems } from '../tasks/target-problems.ts'
import type { Task } from '../tasks/task.ts'

/** The targets of one tier, by sample key, and the files of its task where it is new. */
export interface ImportedTier {
  tier: string
  targets: ReadonlyMap<string, JsonObject>
  skeleton: ReadonlyMap<string, string> | undefined
}

interface Source {
  file: string
  /** Of the dataset. */
  folder: string
  name: string
  rows: Rows
  plan: ColumnPlan
  samples: readonly ImportedSample[]
}

/**
 * Reads the targets of every tier that the columns name and checks them against its task, or against a new task that is
 * guessed from them.
 * @throws UserError when a task is broken or cannot be guessed, or when its prompt needs an input that no line has
 */
export function importTiers(source: Source): { tiers: ImportedTier[]; bad: FileProblem[] } {
  const bad: FileProblem[] = []
  const tiers = [...Map.groupBy(source.plan.targets, ({ tier }) => tier)].map(([tier, columns]) => {
    const taskFolder = join(source.folder, tier)
    const known = existsSync(join(taskFolder, 'task.yaml')) ? loadTask(taskFolder) : undefined
    const targets = targetsOf(source, columns, known)
    const skeleton = known === undefined ? skeletonOf(source, tier, targets) : undefined
    const task = known ?? loadSkeleton(skeleton ?? new Map())
    if (known !== undefined)
      refuseProblems(
        placeholderProblems(
          source.samples.map(({ sample }) => sample),
          known,
        ),
      )
    bad.push(...wrongTargets(source, task, targets))
    return { tier, targets, skeleton }
  })
  return { tiers, bad }
}

function targetsOf(
  { rows, samples }: Source,
  columns: readonly TargetColumn[],
  task: Task | undefined,
): Map<string, JsonObject> {
  const read = targetReader(columns, rows, task === undefined ? undefined : asAnswerSchema(task.answerSchema))
  return new Map(
    samples.flatMap(({ row, sample }): [string, JsonObject][] => {
      const target = read(row)
      return target === undefined ? [] : [[sample.key, target]]
    }),
  )
}

function skeletonOf(
  { name, samples }: Source,
  tier: string,
  targets: ReadonlyMap<string, JsonObject>,
): Map<string, string> {
  const inputKeys = [...new Set(samples.flatMap(({ sample }) => Object.keys(sample.input)))]
  return taskSkeleton(`${name}-${tier}`, inputKeys, [...targets.values()])
}

/** Read as any other task is, so that what was guessed is known to be right before anything of it is written. */
function loadSkeleton(files: ReadonlyMap<string, string>): Task {
  const folder = mkdtempSync(join(tmpdir(), 'incumbent-import-'))
  try {
    for (const [path, content] of files) writeFileSync(join(folder, path), content)
    return loadTask(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function wrongTargets({ file, samples }: Source, task: Task, targets: ReadonlyMap<string, JsonObject>): FileProblem[] {
  return samples.flatMap(({ row, sample }) => {
    const target = targets.get(sample.key)
    const problems = target === undefined ? [] : targetProblems(task, target)
    return problems.map((message) => ({ file, line: row.line, message: `in the target, ${message}` }))
  })
}
