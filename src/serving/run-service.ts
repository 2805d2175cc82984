import { listAssignments } from '../database/assignment-queries.ts'
import type { Provider } from '../providers/provider.ts'
import { runSchedule } from '../scheduling/run-schedule.ts'
import { deleteOldAnswers } from '../workflows/delete-old-answers.ts'
import type { Senders } from '../workflows/delivery/deliver-due.ts'
import { hostedBy } from '../workflows/hosting.ts'
import type { Workspace } from '../workflows/workspace.ts'
import { serviceApi } from './api/service-api.ts'
import { dashboardRoutes } from './dashboard/dashboard-routes.ts'
import { errorPage } from './dashboard/error-page.ts'
import type { PageContext } from './dashboard/page-context.ts'
import { databaseMetrics } from './database-metrics.ts'
import { startBackground } from './gateway/traffic/background.ts'
import { createTraffic } from './gateway/traffic/create-traffic.ts'
import { createMetrics } from './metrics.ts'
import { createRequestLog, prettyLines } from './request-log.ts'
import { runDeliveries } from './run-deliveries.ts'
import { scheduleMetrics } from './schedule-metrics.ts'
import { listenForCommands, type RunCommand } from './socket/listen-for-commands.ts'
import { type ServiceOptions, startService } from './start-service.ts'
import { watchTokens } from './watch-tokens.ts'

export interface RunOptions {
  host: string
  port: number
  /** Carries a command of another process within this one. */
  runCommand: RunCommand
  /** Gets the lines of the log. */
  writeLog: (text: string) => void
  /** False where another service on the same database evaluates and reports. */
  isScheduled?: boolean
  /** Whether a person reads it as it comes, and not a machine. */
  isLogRead?: boolean
  /** Answers for simulated models where they play; without it they answer nobody. */
  simulated?: Provider | undefined
  /** What takes messages; undefined: as the configuration says. */
  senders?: Senders | undefined
}

export interface RunningService {
  url: string
  /** In the order of their numbers; a model that is undefined leaves the tier vacant. */
  tiers: { tier: number; name: string; model: string | undefined }[]
  /** Whether other processes can have their commands carried out here: on an embedded database that nobody else can open. */
  takesCommands: boolean
  /** What depends on others ends before them; the database stays open. */
  stop(): Promise<void>
}

/**
 * Everything that runs while `incumbent serve` does.
 * @throws UserError when it cannot be listened on, or must not be without a token; nothing runs then
 */
export async function runService(workspace: Workspace, options: RunOptions): Promise<RunningService> {
  const stops: (() => unknown)[] = []
  const stop = async () => {
    for (const end of stops.toReversed()) await end()
  }
  try {
    return { ...(await startAll(workspace, options, stops)), stop }
  } catch (error) {
    await stop()
    throw error
  }
}

const hourMs = 3_600_000

/** @param stops gets what ends each of them, in the order in which they were started */
async function startAll(
  workspace: Workspace,
  { host, port, runCommand, writeLog, isScheduled = true, isLogRead = false, simulated, senders }: RunOptions,
  stops: (() => unknown)[],
): Promise<Omit<RunningService, 'stop'>> {
  const { config, database, clock } = workspace
  const { db, kind } = database
  const metrics = createMetrics()
  databaseMetrics(metrics.registry, db)
  const log = createRequestLog(writeLog, () => clock.now(), isLogRead ? await prettyLines() : undefined)
  stops.push(() => log.flush())
  const tokens = await watchTokens(db, clock)
  stops.push(() => tokens.stop())
  const gateway = await createTraffic({ workspace, metrics, log, simulated })
  stops.push(() => gateway.stop())
  const context: PageContext = { workspace, refreshRoutes: () => gateway.refresh().catch(() => undefined) }
  const routes = [...serviceApi(context), ...dashboardRoutes(context, tokens)]
  const sendRefusal: ServiceOptions['sendRefusal'] = (exchange, refusal) => errorPage(context, exchange, refusal)
  const service = await startService({ host, port, clock, db, gateway, tokens, metrics, log, routes, sendRefusal })
  stops.push(() => service.stop())
  const run: RunCommand = async (argv) => {
    const code = await hostedBy(workspace, () => runCommand(argv))
    // The next request is answered by what the command has changed, before its caller hears that it is done.
    await context.refreshRoutes()
    return code
  }
  const tidying = startBackground(
    'Deleting old answers',
    hourMs,
    async (signal) => {
      const happened = await deleteOldAnswers(workspace, signal)
      if (happened !== undefined) log.write('retention', { message: happened })
    },
    (message) => log.write('retention', { message }, 'error'),
  )
  stops.push(() => tidying.stop())
  const socket = kind === 'embedded' ? await listenForCommands(config.home, run) : undefined
  if (socket !== undefined) stops.push(() => socket.stop())
  if (isScheduled) {
    const onCarried = scheduleMetrics(metrics.registry, db, () => clock.now())
    const schedule = await runSchedule(workspace, { log: (...event) => log.write(...event), onCarried })
    stops.push(() => schedule.stop())
  }
  const deliveries = await runDeliveries(workspace, { registry: metrics.registry, log, senders })
  stops.push(() => deliveries.stop())
  const seats = new Map((await listAssignments(db)).map(({ tier, model }) => [tier, model]))
  return {
    url: service.url,
    tiers: config.tiers.map(({ id, name }) => ({ tier: id, name, model: seats.get(id) })),
    takesCommands: kind === 'server' || socket !== undefined,
  }
}
