import { setImmediate } from 'node:timers/promises'
import { importGoldenJobs } from '../database/golden-job-queries.ts'
import { eachOutcome } from '../database/outcome-queries.ts'
import { createOutcomeWriter } from '../database/outcome-writer.ts'
import type { Sample, Target } from '../datasets/dataset.ts'
import { askOnce, requestFor } from '../evaluation/ask-once.ts'
import { type Evaluation, incumbentOf, isOfRun, plannedCalls } from '../evaluation/evaluation.ts'
import type { MeasuredOutcome } from '../evaluation/measured-outcome.ts'
import { createOutcomeTable, type OutcomeTable } from '../evaluation/outcome-table.ts'
import type { Lane, PlannedCall } from '../evaluation/plan-calls.ts'
import { callKey, type LaneEffects, runLanes } from '../evaluation/run-lanes.ts'
import { warmUp } from '../evaluation/warm-up.ts'
import type { Model } from '../providers/model.ts'
import type { Provider } from '../providers/provider.ts'
import type { Connections } from './connect-providers.ts'
import type { CycleListener } from './cycle-listener.ts'
import { failureNotes } from './failure-notes.ts'
import { type History, loadHistory } from './history.ts'
import { loadWhatFollows } from './load-what-follows.ts'
import { lostRuns } from './lost-runs.ts'
import type { PreparedEvaluation } from './prepare-evaluation.ts'
import type { EvaluationRace } from './racing.ts'
import { usedUpQuotas } from './used-up-quotas.ts'
import { vanishedModels } from './vanished-models.ts'
import type { Workspace } from './workspace.ts'

/** All outcomes, those of an earlier, interrupted process included, and what was before. */
export interface RanEvaluation {
  outcomes: MeasuredOutcome[]
  history: History
}

/**
 * Makes the calls that have no outcome yet and stores each outcome as it comes. Rejects with the signal's reason when it
 * is aborted.
 * @throws QuotaUsedUp when an evaluation that waits for quotas goes on another day
 */
export async function runEvaluation(
  prepared: PreparedEvaluation,
  connections: Connections,
  workspace: Workspace,
  listener: CycleListener,
  signal: AbortSignal,
): Promise<RanEvaluation> {
  const { evaluation, task, golden, lanes } = prepared
  const { database, clock, config } = workspace
  const { seed } = evaluation
  const table = outcomeTableFor(evaluation)
  for await (const outcome of eachOutcome(database.db, evaluation)) table.add(outcome)
  const earlier = table.outcomes()
  // An outcome waits for no other; what comes while a group is being stored is the next group.
  const writer = createOutcomeWriter(database.db, evaluation.id, { maxDelayMs: 0 })
  const samples = new Map(golden.samples.map((sample) => [sample.key, sample]))
  const vanished = vanishedModels(prepared, workspace, listener, earlier)
  const lost = lostRuns(evaluation, listener)
  const quota = usedUpQuotas(prepared.waitsForQuota === true, listener)
  for (const outcome of earlier) lost.note(outcome)
  const tellFailure = failureNotes(listener)
  let race: EvaluationRace | undefined
  announce(prepared, earlier, listener)

  const questionFor = ({ model: name, sampleKey, repeat }: PlannedCall) => {
    const model = found(prepared.models, name)
    const { timeoutMs = 60_000, concurrency = 1 } = config.providers[model.provider] ?? {}
    const sample = found<Sample>(samples, sampleKey)
    return { task, sample, model, repeat, seed, timeoutMs, concurrency: prepared.concurrency ?? concurrency }
  }
  const dropped = new Set<string>()
  const isDropped = (model: string) => {
    if (race === undefined || race.verdictOn(model).status === 'go-on') return false
    if (!dropped.has(model)) listener.note(`${model} is not asked any more: too unlikely to win.`)
    dropped.add(model)
    return true
  }
  const effects: LaneEffects = {
    ask: async (call, stop) => {
      const question = questionFor(call)
      const target = found<Target>(golden.targets, call.sampleKey)
      const provider = providerOf(question.model, connections)
      const ask = (signal: AbortSignal) => askOnce(question, target, provider, clock, signal)
      const outcome = await lost.unlessLost(call.model, stop, ask)
      return quota.unlessUsedUp(outcome)
    },
    warmUp: async (name, stop) => {
      const question = questionFor({ model: name, sampleKey: evaluation.sampleKeys[0] ?? '', repeat: 0 })
      await warmUp(providerOf(question.model, connections), requestFor(question, stop))
    },
    save: async (outcome) => {
      await writer.save(outcome)
      await vanished.notice(outcome)
    },
    keepAsking: (model) => !vanished.has(model) && !quota.has(model) && !lost.has(model) && !isDropped(model),
    onOutcome: (outcome) => {
      table.add(outcome)
      race?.note(outcome)
      lost.note(outcome)
      tellFailure(outcome)
      listener.outcome(outcome)
    },
  }
  const done = new Set(earlier.map(callKey))
  const askAll = (some: readonly Lane[]) => runLanes(some, done, effects, signal)
  try {
    const loadRace = async () => {
      const { raceOf } = await import('./racing.ts')
      race = raceOf(evaluation)
      for (const outcome of table.outcomes()) race.note(outcome)
    }
    // Who was dropped before an interruption is asked nothing more.
    if (earlier.length > 0) await loadRace()
    // What checks, verdict and report need is loaded while calls wait for their answers.
    const loading = race === undefined ? untilSent().then(loadRace).then(loadWhatFollows) : undefined
    await Promise.all([askAll(lanes), loading, untilSent().then(() => storeGoldenJobs(prepared, workspace))])
    await writer.flush()
    quota.refuse(clock.now(), config.schedule.timeZone)
    const { driftOf } = await import('./incumbent-watch.ts')
    const history = await loadHistory(database.db, evaluation)
    const drift = driftOf(evaluation, table.outcomes().filter(isOfRun(evaluation)), history)
    if (drift?.isRetestDue !== true) return { outcomes: table.outcomes(), history }
    announceRetest(prepared, listener)
    await askAll(prepared.retestLanes)
    quota.refuse(clock.now(), config.schedule.timeZone)
  } finally {
    await writer.flush()
  }
  // Another version may have answered the re-test.
  return { outcomes: table.outcomes(), history: await loadHistory(database.db, evaluation) }
}

/** The questions and their targets, for people who look into the tables. */
async function storeGoldenJobs({ tier, golden }: PreparedEvaluation, { database, clock }: Workspace): Promise<void> {
  const targets = new Map([[tier.id, golden.targets]])
  await importGoldenJobs(database.db, { ...golden, targets }, clock.now())
}

/** Loading holds up everything else; a few turns of the event loop before it are enough to connect and to send. */
async function untilSent(): Promise<void> {
  for (let turn = 0; turn < 5; turn += 1) await setImmediate()
}

function outcomeTableFor(evaluation: Evaluation): OutcomeTable {
  const { models, sampleKeys } = evaluation
  const calls = models.reduce((sum, model) => sum + plannedCalls(model, evaluation), 0)
  return createOutcomeTable({ models: models.map(({ name }) => name), sampleKeys, calls })
}

function announce(
  { evaluation, estimate, golden }: PreparedEvaluation,
  done: readonly MeasuredOutcome[],
  listener: CycleListener,
): void {
  const { id, tier, tierName, sampleKeys, skipped } = evaluation
  listener.planned({
    id,
    tier,
    tierName,
    dataset: `${golden.name}@${golden.version}`,
    samples: sampleKeys.length,
    models: evaluation.models.map((planned) => ({
      model: planned.name,
      planned: plannedCalls(planned, evaluation),
      done: done.filter(({ model }) => model === planned.name).length,
    })),
    skipped,
    estimate,
  })
}

function announceRetest({ evaluation }: PreparedEvaluation, listener: CycleListener): void {
  const incumbent = incumbentOf(evaluation)
  if (incumbent === undefined) return
  listener.note(`${incumbent.name} looks worse than it was: it is asked everything once more.`)
  listener.planMore(incumbent.name, plannedCalls(incumbent, evaluation))
}

function providerOf({ provider }: Model, connections: Connections): Provider {
  const connection = connections.get(provider)
  if (connection?.status !== 'ready') throw new Error(`The provider "${provider}" is planned and not connected.`)
  return connection.provider
}

function found<T>(map: ReadonlyMap<string, T>, key: string): T {
  const value = map.get(key)
  if (value === undefined) throw new Error(`"${key}" is planned and not there.`)
  return value
}
