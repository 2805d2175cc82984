import { Command } from 'commander'
import { configured } from './configured.ts'
import { interruptible } from './interruptible.ts'
import { printJson } from './print.ts'
import { chosenChannels, printSent } from './sent-text.ts'

export function notifyCommand(): Command {
  return new Command('notify').description('Messages to people, on Slack and by e-mail').addCommand(testCommand())
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
