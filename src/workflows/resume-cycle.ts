import { loadCycle, reopenCycle } from '../database/cycle-queries.ts'
import { createDayCounter } from '../database/day-counter.ts'
import { listEvaluations, reopenEvaluation } from '../database/evaluation-queries.ts'
import type { Evaluation } from '../evaluation/evaluation.ts'
import { byName } from '../providers/model.ts'
import { quotaDayOf } from '../providers/throttle/quota-day.ts'
import type { CycleReport } from '../reporting/cycle-report.ts'
import { UserError } from '../shared/user-error.ts'
import { carryCycle } from './carry-cycle.ts'
import { type Connections, connectProviders } from './connect-providers.ts'
import type { CycleListener } from './cycle-listener.ts'
import { withCycleHeld } from './hold-cycle.ts'
import { availabilityOf } from './prepare-cycle.ts'
import { continueEvaluation, type PreparedEvaluation } from './prepare-evaluation.ts'
import { pricedModels } from './priced-models.ts'
import { theEvaluation } from './recommend-again.ts'
import { loadTierMaterial } from './tier-material.ts'
import type { Workspace } from './workspace.ts'

/**
 * Goes on with a cycle that was cut off, where each of its evaluations stopped; asks nothing twice.
 * @param evaluationId beginning of the id of one of its evaluations; undefined takes the newest interrupted one
 * @throws UserError when nothing is interrupted, or when what is asked has changed since
 * @throws QuotaUsedUp when the quota of the day is used up: what waits for it stays interrupted, everything else is done
 */
export async function resumeCycle(
  workspace: Workspace,
  evaluationId: string | undefined,
  listener: CycleListener,
  signal: AbortSignal,
): Promise<CycleReport> {
  const { db } = workspace.database
  const { cycleId } = await interruptedEvaluation(workspace, evaluationId)
  const cycle = await loadCycle(db, cycleId)
  if (cycle === undefined) throw new Error(`The cycle ${cycleId} of an evaluation is not there.`)
  const evaluations = (await listEvaluations(db, { cycleId, confirmations: true, limit: 1000 })).sort(
    (a, b) => a.tier - b.tier,
  )
  const interrupted = evaluations.filter(({ status }) => status === 'interrupted')
  const prepared = await prepareAgain(workspace, interrupted, signal)
  // As in the schedule: what a used-up quota refuses is no failure of the model, and can be asked tomorrow.
  for (const evaluation of prepared.evaluations) evaluation.waitsForQuota = true
  const tiers = interrupted.map(({ tier }) => tier)
  return withCycleHeld(workspace.database, cycleId, tiers, signal, async (held) => {
    await reopenCycle(db, cycleId)
    for (const { id } of interrupted) await reopenEvaluation(db, id)
    const finished = evaluations.filter(
      ({ status, confirms }) => confirms === undefined && (status === 'completed' || status === 'invalid'),
    )
    const ids = finished.map(({ id }) => id)
    return carryCycle(workspace, { id: cycleId, startedAt: cycle.startedAt, ...prepared }, listener, held, ids)
  })
}

async function interruptedEvaluation(workspace: Workspace, id: string | undefined): Promise<Evaluation> {
  if (id === undefined) {
    const [newest] = await listEvaluations(workspace.database.db, {
      status: 'interrupted',
      confirmations: true,
      limit: 1,
    })
    if (newest === undefined) throw new UserError('Nothing to go on with: no evaluation is interrupted.')
    return newest
  }
  const evaluation = await theEvaluation(workspace, id)
  if (evaluation.status !== 'interrupted') {
    throw new UserError(`Evaluation ${evaluation.id} is ${evaluation.status}; only an interrupted one can go on.`)
  }
  return evaluation
}

/** @throws UserError when an evaluation cannot go on: what it asks has changed, or one of its providers is away */
export async function prepareAgain(
  workspace: Workspace,
  interrupted: readonly Evaluation[],
  signal: AbortSignal,
): Promise<{ evaluations: PreparedEvaluation[]; connections: Connections }> {
  const { config, database } = workspace
  const materials = interrupted.map((evaluation) => {
    const tier = config.tiers.find(({ id }) => id === evaluation.tier)
    if (tier === undefined)
      throw new UserError(
        `Evaluation ${evaluation.id} is of tier ${evaluation.tier}, which the configuration no longer has.`,
      )
    return {
      evaluation,
      material: loadTierMaterial(
        { ...tier, task: evaluation.taskFolder },
        { dataset: evaluation.datasetVersion, limit: undefined },
      ),
    }
  })
  const registry = byName(await pricedModels(database.db, config))
  const connections = await connectProviders({
    config,
    registry,
    knowledge: materials.map(({ material }) => material),
    dayCounter: createDayCounter(database.db, quotaDayOf),
    clock: workspace.clock,
    signal,
  })
  for (const { evaluation } of materials) refuseUnavailable(evaluation, connections)
  const evaluations = materials.map(({ evaluation, material }) =>
    continueEvaluation(material, evaluation, registry, config),
  )
  return { evaluations, connections }
}

function refuseUnavailable({ id, models }: Evaluation, connections: Connections): void {
  for (const { name, provider } of models) {
    const available = availabilityOf(connections, provider)
    if (available.status === 'ready') continue
    throw new UserError(
      `Evaluation ${id} cannot go on: ${name} takes part, and ${available.reason}. ${available.remedy ?? ''}`.trim(),
    )
  }
}
