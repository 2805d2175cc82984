import { shadowCost } from '../../../database/shadow-cost.ts'
import { decideRollout, tickRollouts } from '../../../workflows/rollout/decide-rollout.ts'
import type { Workspace } from '../../../workflows/workspace.ts'
import type { Metrics } from '../../metrics.ts'
import type { RequestLog } from '../../request-log.ts'
import type { Gateway } from '../answerer.ts'
import { startBackground } from './background.ts'
import { createCopyBudget } from './copy-budget.ts'
import { createAnswerer } from './create-answerer.ts'
import { isHopeless } from './is-hopeless.ts'
import { createLiveGuards } from './live-guards.ts'
import { createLoadWatch } from './load-watch.ts'
import { maintainLiveTables } from './maintenance.ts'
import { createObservationBuffer } from './observation-buffer.ts'
import { createProviderPool } from './provider-pool.ts'
import { createProviderSlots, sharedSlots } from './provider-slots.ts'
import { createRecorder } from './recorder.ts'
import { createRolloutCalls } from './rollout-calls.ts'
import { followRoutes } from './route-table.ts'
import { servedModels, vacancies } from './served-models.ts'
import { createShadowCopies } from './shadow-copies.ts'
import { storeRecorded } from './store-recorded.ts'
import { registerTrafficMetrics } from './traffic-metrics.ts'

/** The gateway of a service: who answers, who gets a copy, what is kept of it, and what the guards make of that. */
export interface Traffic extends Gateway {
  /** Resolves when the next request is answered by what the database says now. */
  refresh(): Promise<void>
}

interface TrafficOptions {
  workspace: Workspace
  metrics: Metrics
  log: RequestLog
  random?: () => number
}

const minuteMs = 60_000
/** Of all attempts at a request together; the service has a limit of its own for the whole exchange. */
const requestMs = 10 * minuteMs

/** @throws when the database cannot be asked who answers */
export async function createTraffic({
  workspace,
  metrics,
  log,
  random = Math.random,
}: TrafficOptions): Promise<Traffic> {
  const { config, clock, database } = workspace
  const { db } = database
  const note = (message: string) => log.write('traffic', { message })
  const startedAt = clock.now()
  const table = await followRoutes(workspace, note)
  const modelOf = (name: string) => table.current().models.get(name)
  const pool = createProviderPool(workspace, () => table.current().models)
  const slots = createProviderSlots(sharedSlots(config.providers))
  const load = createLoadWatch()

  const guards = createLiveGuards(
    () => clock.now(),
    (rollout, why) => calls.call(rollout, why),
  )
  const buffer = createObservationBuffer({
    store: (batch) => storeRecorded(db, batch),
    onStored: guards.stored,
    isHopeless,
    note,
  })
  const calls = createRolloutCalls(
    async (rolloutId) => {
      await buffer.flush()
      for (const sentence of (await decideRollout(workspace, rolloutId)).happened) note(sentence)
      await table.refresh()
    },
    () => clock.now().getTime(),
    note,
  )
  const recorder = createRecorder({
    record(recorded) {
      buffer.add(recorded)
      guards.see(recorded)
    },
    copy: (attempt, answer) => copies.offer(attempt, answer),
    recorded: () => copies.startWaiting(),
    note,
  })
  const copies = createShadowCopies({
    modelOf,
    connect: pool.connect,
    slots,
    budget: createCopyBudget({
      spentSince: (tier, challenger, since) => shadowCost(db, { tier, challenger, since }),
      now: () => clock.now(),
    }),
    isBusy: load.isBusy,
    random,
    clock,
    finished: recorder.copyFinished,
  })
  const duties = [
    startBackground(minuteMs, (signal) => maintainLiveTables(database, clock, signal), note),
    startBackground(minuteMs, tick, note),
  ]
  registerTrafficMetrics(metrics.registry, { table, buffer, copies, guards })

  async function tick(): Promise<void> {
    await buffer.flush()
    for (const sentence of await tickRollouts(workspace)) note(sentence)
    await table.refresh()
  }

  return {
    answer: createAnswerer({
      routes: table.current,
      countTokens: (model, request) => pool.countTokens(model, request.question),
      connect: pool.connect,
      slots,
      clock,
      requestMs,
      finished: recorder.finished,
    }),
    models: () => servedModels(table.current(), startedAt),
    missing: () => vacancies(table.current()),
    refresh: table.refresh,
    async stop() {
      copies.stop()
      load.stop()
      await Promise.all(duties.map((duty) => duty.stop()))
      recorder.drain()
      await calls.settled()
      await buffer.stop()
      table.stop()
    },
  }
}
