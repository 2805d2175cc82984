import { Command } from 'commander'
import type { RunningService } from '../serving/run-service.ts'
import { caller } from '../shared/caller.ts'
import { dateWords } from '../shared/format-date.ts'
import { configured } from './configured.ts'
import { onInterrupt } from './interruptible.ts'
import { wholeNumber } from './options.ts'
import { printJson, printLine, printNote } from './print.ts'
import { runProgram } from './program.ts'
import { textTable } from './text-table.ts'

interface ServeOptions {
  host?: string
  port?: number
  schedule: boolean
  json?: boolean
}

export function serveCommand(): Command {
  return new Command('serve')
    .description('The service: schedule, gateway, API and dashboard; Ctrl-C ends it in good order')
    .option('--host <address>', 'where to listen (default: server.host of the configuration, else 127.0.0.1)')
    .option('--port <number>', 'where to listen (default: server.port of the configuration, else 4080)', wholeNumber(0))
    .option('--no-schedule', 'start no evaluation and no report by itself: another service on this database does')
    .option('--json', 'say as one JSON document where it listens')
    .addHelpText('after', '\nExample:\n  $ npx incumbent serve')
    .action(serve)
}

async function serve({ host, port, schedule, json }: ServeOptions, command: Command): Promise<void> {
  const [{ openWorkspace }, { systemClock }, { runService }, { nextSlots }] = await Promise.all([
    import('../workflows/workspace.ts'),
    import('../shared/clock.ts'),
    import('../serving/run-service.ts'),
    import('../scheduling/next-slots.ts'),
  ])
  const config = configured(command)
  const { promise: stopped, resolve: stop } = Promise.withResolvers<void>()
  const release = onInterrupt(stop)
  const workspace = await openWorkspace(config, systemClock, printNote)
  try {
    const { stderr } = caller()
    const service = await runService(workspace, {
      host: host ?? config.server.host,
      port: port ?? config.server.port,
      runCommand: runProgram,
      writeLog: (text) => void stderr.write(text),
      isScheduled: schedule,
      isLogRead: 'isTTY' in stderr && stderr.isTTY === true,
    })
    if (json)
      printJson({ url: service.url, tiers: service.tiers.map((tier) => ({ ...tier, model: tier.model ?? null })) })
    else announce(service, config.home)
    const [next] = schedule ? nextSlots(config, systemClock.now()) : []
    if (!json && next !== undefined)
      printLine(`\nNext: ${dateWords(next.dueAt, config.schedule.timeZone)}: ${next.words}.`)
    const { lost } = workspace.database
    lost?.addEventListener('abort', () => stop())
    await stopped
    if (lost?.aborted === true) return await endWithoutDatabase(service, lost.reason)
    await service.stop()
  } finally {
    await workspace.database.close()
    release()
  }
}

/** Only a new process brings the embedded database back: whoever keeps the service running starts one. */
async function endWithoutDatabase(service: RunningService, reason: unknown): Promise<never> {
  await service.stop().catch(() => undefined)
  const { databaseFailure } = await import('../database/database-failure.ts')
  printNote(databaseFailure(reason)?.message ?? String(reason))
  // What could not be stopped without it would keep the process.
  process.exit(1)
}

function announce({ url, tiers, takesCommands }: RunningService, home: string): void {
  const rows = tiers.map(({ tier, name, model }) => [`tier-${tier}`, name, model ?? 'vacant'])
  printLine(
    `Listening on ${url}\n\n${textTable([{ title: 'model' }, { title: 'tier' }, { title: 'answered by' }], rows)}`,
  )
  if (takesCommands) return
  printNote(
    `The path of ${home} is too long for a socket: other commands have to wait until the service ends. ` +
      'Name a shorter one with INCUMBENT_HOME, or set DATABASE_URL to a PostgreSQL server.',
  )
}
