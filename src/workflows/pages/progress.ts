import { loadEvaluation } from '../../database/evaluation-queries.ts'
import { failuresByKind, type ModelProgress, modelProgress } from '../../database/progress-queries.ts'
import { type Evaluation, type EvaluationStatus, plannedCalls } from '../../evaluation/evaluation.ts'
import type { Workspace } from '../workspace.ts'

/** How far an evaluation is. */
export interface Progress {
  status: EvaluationStatus
  asked: number
  /** At most so many: racing may end a challenger earlier. */
  planned: number
  failed: number
  /** Until its last call; null before 20 calls, and while it does not run. */
  leftMs: number | null
  models: { model: string; asked: number; planned: number; failed: number }[]
  failures: { kind: string; calls: number }[]
}

/** The speed is that of so long: a pause before a `resume` does not count, nor a slow hour long ago. */
const speedOverMs = 5 * 60_000
const fewestCalls = 20

/** From what is stored, whichever process carries the evaluation; undefined when there is none with this id. */
export async function loadProgress({ database: { db }, clock }: Workspace, id: string): Promise<Progress | undefined> {
  const evaluation = await loadEvaluation(db, id)
  return evaluation && progressOf(evaluation, { db, now: clock.now() })
}

/** Of an evaluation that was loaded already. */
export async function progressOf(
  evaluation: Evaluation,
  { db, now }: { db: Workspace['database']['db']; now: Date },
): Promise<Progress> {
  const rows = await modelProgress(db, evaluation.id, new Date(now.getTime() - speedOverMs))
  const failed = rows.reduce((sum, row) => sum + row.failed, 0)
  const failures = failed === 0 ? [] : await failuresByKind(db, evaluation.id)
  return { ...counted(evaluation, rows, now), failures }
}

function counted(
  { models, sampleKeys, status }: Pick<Evaluation, 'models' | 'sampleKeys' | 'status'>,
  rows: readonly ModelProgress[],
  now: Date,
): Omit<Progress, 'failures'> {
  const byModel = new Map(rows.map((row) => [row.model, row]))
  const each = models.map((model) => {
    const { asked = 0, failed = 0 } = byModel.get(model.name) ?? {}
    // A re-test asks more than was planned.
    return { model: model.name, asked, planned: Math.max(asked, plannedCalls(model, { sampleKeys })), failed }
  })
  const sum = (key: 'asked' | 'planned' | 'failed') => each.reduce((total, model) => total + model[key], 0)
  const [asked, planned] = [sum('asked'), sum('planned')]
  const leftMs = status === 'running' ? timeLeft(rows, planned - asked, now) : null
  return { status, asked, planned, failed: sum('failed'), leftMs, models: each }
}

/** By the speed of the last minutes; unknown before there were enough calls to tell. */
function timeLeft(rows: readonly ModelProgress[], calls: number, now: Date): number | null {
  const recent = rows.reduce((sum, row) => sum + row.recent, 0)
  const starts = rows.flatMap(({ recentFrom }) => recentFrom?.getTime() ?? [])
  if (recent < fewestCalls || starts.length === 0) return null
  const perMs = recent / Math.max(1, now.getTime() - Math.min(...starts))
  return Math.round(calls / perMs)
}
