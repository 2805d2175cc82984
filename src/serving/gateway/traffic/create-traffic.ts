import { randomUUID } from 'node:crypto'
import { setImmediate } from 'node:timers/promises'
import type { Provider } from '../../../providers/provider.ts'
import type { Workspace } from '../../../workflows/workspace.ts'
import type { Metrics } from '../../metrics.ts'
import type { RequestLog } from '../../request-log.ts'
import type { Gateway } from '../answerer.ts'
import { startBackground } from './background.ts'
import { copyBudgetOf } from './copy-budget.ts'
import { createAnswerer } from './create-answerer.ts'
import { createErrands } from './errands.ts'
import { isHopeless } from './is-hopeless.ts'
import { createLiveGuards, restMs } from './live-guards.ts'
import { createLoadWatch } from './load-watch.ts'
import { maintainLiveTables } from './maintenance.ts'
import { createObservationBuffer } from './observation-buffer.ts'
import { createProviderPool } from './provider-pool.ts'
import { createProviderSlots, sharedSlots } from './provider-slots.ts'
import { createRecorder } from './recorder.ts'
import { createRolloutDuties } from './rollout-duties.ts'
import { followRoutes } from './route-table.ts'
import { servedModels, vacancies } from './served-models.ts'
import { createShadowCopies } from './shadow-copies.ts'
import { watchSilence } from './silence-watch.ts'
import { storeRecorded } from './store-recorded.ts'
import { tellOfSilence } from './tell-of-silence.ts'
import { registerTrafficMetrics } from './traffic-metrics.ts'

/** The gateway of a service: who answers, who gets a copy, what is kept of it, and what the guards make of that. */
export interface Traffic extends Gateway {
  /** Resolves when the next request is answered by what the database says now. */
  refresh: () => Promise<void>
  /** Resolves when all that the requests up to now gave rise to is stored and decided: copies, counts, rollouts. */
  settled: () => Promise<void>
}

interface TrafficOptions {
  workspace: Workspace
  metrics: Metrics
  log: RequestLog
  /** Uniform in [0, 1): which requests are copied. */
  random?: () => number
  /** Answers for simulated models where they play; without it they answer nobody. */
  simulated?: Provider | undefined
  /** Whether there is so much to do that copies are to be left out. */
  isBusy?: () => boolean
  /** Whether its owner ticks and tidies by a clock of its own, instead of every minute. */
  isDriven?: boolean
}

const minuteMs = 60_000
/** Of all attempts at a request together; the service has a limit of its own for the whole exchange. */
const requestMs = 10 * minuteMs

/** @throws when the database cannot be asked who answers */
export async function createTraffic(options: TrafficOptions): Promise<Traffic> {
  const { workspace, metrics, log, random = Math.random, simulated, isDriven = false } = options
  const { config, clock, database } = workspace
  const note = (message: string) => log.write('traffic', { message })
  const startedAt = clock.now()
  const table = await followRoutes(workspace, simulated !== undefined, note)
  const pool = createProviderPool(workspace, () => table.current().models, simulated)
  const slots = createProviderSlots(sharedSlots(config.providers))
  const load = createLoadWatch()
  const errands = createErrands(() => clock.now().getTime(), note)

  const guards = createLiveGuards(
    () => clock.now(),
    ({ id, countsEpoch }, why) => {
      errands.send(id, { purpose: `${why} ${countsEpoch}`, work: () => duties.decide(id), restMs: restMs[why] })
    },
  )
  const buffer = createObservationBuffer({
    writer: randomUUID(),
    store: (batch) => storeRecorded(database.db, batch, clock.now()),
    onStored: guards.stored,
    isHopeless,
    note,
  })
  const duties = createRolloutDuties(workspace, buffer, table, note)
  const recorder = createRecorder({
    record(recorded) {
      buffer.add(recorded)
      guards.see(recorded)
    },
    copy: (attempt, answer) => copies.offer(attempt, answer),
    recorded({ planned, plan }, end) {
      copies.startWaiting()
      if (end.outcome !== 'failed' || end.failureKind !== 'model-not-found') return
      const { name } = planned.model
      const work = () => duties.replaceGone(name, plan.route?.tier)
      errands.send(name, { purpose: 'its provider does not have it', work, restMs: minuteMs })
    },
    note,
  })
  const copies = createShadowCopies({
    modelOf: (name) => table.current().models.get(name),
    connect: pool.connect,
    slots,
    budget: copyBudgetOf(workspace),
    isBusy: options.isBusy ?? load.isBusy,
    random,
    clock,
    finished: recorder.copyFinished,
  })
  const background = isDriven
    ? []
    : [
        startBackground(
          'Tidying up the live tables',
          minuteMs,
          (signal) => maintainLiveTables(database, clock, signal),
          note,
        ),
        startBackground('Looking after the rollouts', minuteMs, () => duties.tick(), note),
      ]
  const answer = createAnswerer({
    routes: table.current,
    fits: pool.fits,
    connect: pool.connect,
    slots,
    clock,
    requestMs,
    finished: recorder.finished,
  })
  registerTrafficMetrics(metrics.registry, { table, buffer, copies, guards })

  return {
    answer: watchSilence(answer, tellOfSilence(workspace, errands, table.current)),
    models: () => servedModels(table.current(), startedAt),
    missing: () => vacancies(table.current()),
    refresh: table.refresh,
    async settled() {
      recorder.drain()
      while (copies.counts().waiting + copies.counts().running > 0) await setImmediate()
      await buffer.flush()
      await errands.settled()
    },
    async stop() {
      copies.stop()
      load.stop()
      await Promise.all(background.map((work) => work.stop()))
      recorder.drain()
      await errands.settled()
      await buffer.stop()
      table.stop()
    },
  }
}
