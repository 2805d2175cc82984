import { Command } from 'commander'
import { WorkFailed } from '../shared/work-failed.ts'
import type { SentWaiting } from '../workflows/delivery/send-waiting.ts'
import { configured } from './configured.ts'
import { interruptible } from './interruptible.ts'
import { printJson, printLine } from './print.ts'
import { chosenChannels, printSent } from './sent-text.ts'
import { waitingLines } from './then-tell.ts'

export function notifyCommand(): Command {
  return new Command('notify')
    .description('Messages to people, on Slack and by e-mail')
    .addCommand(testCommand())
    .addCommand(sendCommand())
}

const limitMs = 120_000

function sendCommand(): Command {
  return new Command('send')
    .description('Sends what waits: alerts that were raised while no service ran, and what could not be sent before')
    .option('--json', 'print one JSON document')
    .addHelpText('after', '\nExample:\n  $ npx incumbent notify send')
    .action(async (options: { json?: boolean }, command: Command) => {
      const [{ sendWaiting }, { configuredChannels }, { inWorkspace }, { systemClock }] = await Promise.all([
        import('../workflows/delivery/send-waiting.ts'),
        import('../workflows/delivery/send-report.ts'),
        import('../workflows/workspace.ts'),
        import('../shared/clock.ts'),
      ])
      const config = configured(command)
      configuredChannels({ config }, undefined)
      const outbox = await interruptible('What was sent stays sent.', (signal) =>
        inWorkspace(config, systemClock, (workspace) => sendWaiting(workspace, signal, { limitMs, all: true })),
      )
      const lines = waitingLines(outbox)
      if (options.json) printJson(shown(outbox))
      else for (const line of lines.length === 0 ? ['Nothing waits.'] : lines) printLine(line)
      const isDone = outbox.waiting.length === 0 && outbox.tried.every(({ result }) => result !== 'failed')
      if (!isDone) throw new WorkFailed('Not everything was sent: npx incumbent notify test says what is wrong.')
    })
}

function testCommand(): Command {
  return new Command('test')
    .description('Sends a trial message to each channel, and says what is wrong with those that do not take it')
    .option('--to <list>', 'slack, email (default: all that are configured)', chosenChannels)
    .option('--json', 'print one JSON document')
    .addHelpText('after', '\nExample:\n  $ npx incumbent notify test')
    .action(async (options: { to?: ReturnType<typeof chosenChannels>; json?: boolean }, command: Command) => {
      const [{ sendTrial }, { inWorkspace }, { systemClock }] = await Promise.all([
        import('../workflows/delivery/send-trial.ts'),
        import('../workflows/workspace.ts'),
        import('../shared/clock.ts'),
      ])
      const sent = await interruptible('', (signal) =>
        inWorkspace(configured(command), systemClock, (workspace) => sendTrial(workspace, options.to, signal)),
      )
      if (options.json) printJson({ messages: sent })
      printSent(sent, { isPrinted: options.json === true })
    })
}

/** Without what only the program knows. */
function shown({ tried, waiting }: SentWaiting) {
  return {
    tried: tried.map(({ channel, result, reason = null }) => ({ channel, result, reason })),
    waiting: waiting.map(({ channel, kind, lastError = null, nextTryAt = null }) => ({
      channel,
      kind,
      problem: lastError,
      nextTryAt,
    })),
  }
}
