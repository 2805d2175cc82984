import type { Kysely } from 'kysely'
import { assignmentHistory } from '../database/assignment-queries.ts'
import { listEvaluations, loadEvaluations } from '../database/evaluation-queries.ts'
import {
  answeringVersions,
  type PastEvaluation,
  pastEvaluations,
  type Rollback,
  rollbacksFrom,
} from '../database/history-queries.ts'
import { loadMeasures, type OutcomeMeasures } from '../database/outcome-queries.ts'
import type { Tables } from '../database/tables.ts'
import type { Evaluation } from '../evaluation/evaluation.ts'
import { decisionInputsOf } from './decision-inputs.ts'
import type { Epoch, SharedEpoch, Witness } from './epoch.ts'
import { type EarlierEvaluation, type Look, poolable, reignOf, weekOf } from './pool-history.ts'
import { type Tenure, tenureOf } from './seat-history.ts'
import { verdictInputOf } from './verdict-input.ts'

/** What an evaluation takes from those before it: decided when it starts, so that its verdict can be replayed. */
export interface HistoryStart extends Tenure {
  /** Complete evaluations of the tier in the same epoch, oldest first. */
  earlier: string[]
  /** The newest complete one, whatever its epoch; null for the first. */
  previous: string | null
}

export const noHistoryStart: HistoryStart = { earlier: [], previous: null, heldSince: null, weeksSinceSwitch: null }

/** The same with everything that was stored of it. */
export interface History {
  /** Of the evaluation itself: the versions that answered. */
  versions: Witness['versions']
  earlier: readonly EarlierEvaluation[]
  previous: Witness | undefined
  /** Outcomes of the earlier evaluations that are pooled. */
  measures: readonly OutcomeMeasures[]
}

export const noHistory: History = { versions: new Map(), earlier: [], previous: undefined, measures: [] }

const mostEvaluations = 1000

/** Finds what an evaluation that starts now has before it. */
export async function startHistory(
  db: Kysely<Tables>,
  tier: number,
  incumbent: string | undefined,
  shared: SharedEpoch,
  now: Date,
): Promise<HistoryStart> {
  const complete = { tier, status: 'completed', applies: true } as const
  const [previous] = await listEvaluations(db, { ...complete, limit: 1 })
  const same = await listEvaluations(db, { ...complete, decision: { epoch: { shared } }, limit: mostEvaluations })
  const changes = await assignmentHistory(db, tier, mostEvaluations)
  return {
    earlier: same.toReversed().map(({ id }) => id),
    previous: previous?.id ?? null,
    ...tenureOf(changes, incumbent, now),
  }
}

/** Loads what the verdict on an evaluation rests on beside its own outcomes. */
export async function loadHistory(db: Kysely<Tables>, evaluation: Evaluation): Promise<History> {
  const { history, epoch } = decisionInputsOf(evaluation)
  const { earlier: ids, previous, heldSince } = history
  const versions = (await answeringVersions(db, [evaluation.id])).get(evaluation.id) ?? new Map()
  const earlier = await earlierEvaluations(db, ids, evaluation.startedAt)
  const reign = reignOf(evaluation.incumbent ?? '', heldSince, { epoch, versions }, earlier)
  const [before] = previous === null ? [] : await loadEvaluations(db, [previous])
  return {
    versions,
    earlier,
    previous: before === undefined ? undefined : await witnessOf(db, before),
    measures: await loadMeasures(db, [...new Set([...poolable(earlier), ...reign].map(({ id }) => id))]),
  }
}

/**
 * Oldest first, with what had followed from them.
 * @param until of what came later nothing was known
 */
export async function earlierEvaluations(
  db: Kysely<Tables>,
  ids: readonly string[],
  until: Date,
): Promise<EarlierEvaluation[]> {
  const rollbacks = await rollbacksFrom(db, ids, until)
  const versions = await answeringVersions(db, ids)
  return (await pastEvaluations(db, ids)).map((evaluation) =>
    earlierOf(evaluation, versions.get(evaluation.id) ?? new Map(), rollbacks),
  )
}

function earlierOf(
  evaluation: PastEvaluation,
  versions: Witness['versions'],
  rollbacks: readonly Rollback[],
): EarlierEvaluation {
  const { id, incumbent, decision } = evaluation
  const own = rollbacks.filter(({ evaluationId }) => evaluationId === id)
  const { judged, verdicts } = verdictInputOf(evaluation)
  return {
    id,
    week: weekOf(evaluation),
    incumbent,
    epoch: evaluation.epoch as unknown as Epoch,
    versions,
    judged: new Set(judged),
    looks: [...verdicts, ...own.flatMap((rollback) => rolledBackLook(rollback, incumbent))],
    isValid: decision !== 'invalid_run',
  }
}

/** Whichever of both lost the seat, the pair is locked. */
function rolledBackLook({ from, to }: Rollback, incumbent: string | undefined): Look[] {
  const challenger = [from, to].find((model) => model !== incumbent)
  return challenger === undefined ? [] : [{ challenger, verdict: 'rolled_back' }]
}

async function witnessOf(db: Kysely<Tables>, evaluation: Evaluation): Promise<Witness> {
  const versions = await answeringVersions(db, [evaluation.id])
  return { epoch: decisionInputsOf(evaluation).epoch, versions: versions.get(evaluation.id) ?? new Map() }
}
