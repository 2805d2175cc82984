import { Command, InvalidArgumentError } from 'commander'
import { configured } from './configured.ts'
import { printJson, printLine } from './print.ts'
import { type SayOptions, say, saying, tierNamed } from './said.ts'

export function abCommand(): Command {
  return new Command('ab')
    .description('A/B tests: a share of the requests goes to another model, which never takes the seat')
    .addCommand(startCommand())
    .addCommand(stopCommand())
    .addCommand(statusCommand())
}

function startCommand(): Command {
  const command = new Command('start')
    .description('Starts a test; its guards and its time limit end it, too')
    .argument('<tier>', 'number or name of the tier')
    .argument('<model>', 'a model of the registry')
    .option('--share <part>', 'of the requests, above 0 and at most 0.5', share, 0.1)
    .addHelpText(
      'after',
      '\nExample:\n  $ npx incumbent ab start 1 qwen3-4b --share 0.2 --reason "is it quicker for users?"',
    )
    .action(async (tier: string, model: string, options: SayOptions & { share: number }) => {
      const { startAbTest } = await import('../workflows/rollout/ab-test.ts')
      await say(command, tier, options, (workspace, id, person) =>
        startAbTest(workspace, id, { ...person, model, share: options.share }),
      )
    })
  return saying(command, 'optional')
}

function stopCommand(): Command {
  const command = new Command('stop')
    .description('Ends a test; its result stays')
    .argument('<tier>', 'number or name of the tier')
    .addHelpText('after', '\nExample:\n  $ npx incumbent ab stop 1 --reason "seen enough"')
    .action(async (tier: string, options: SayOptions) => {
      const { stopAbTest } = await import('../workflows/rollout/ab-test.ts')
      await say(command, tier, options, stopAbTest)
    })
  return saying(command, 'required')
}

function statusCommand(): Command {
  return new Command('status')
    .description('The newest test of each tier: what each arm did, and whether they differ')
    .argument('[tier]', 'number or name of the tier')
    .option('--json', 'print one JSON document')
    .addHelpText('after', '\nExample:\n  $ npx incumbent ab status 1')
    .action(async (tier: string | undefined, options: { json?: boolean }, command: Command) => {
      const [{ newestAbTests }, { inWorkspace }, { systemClock }, { abText }] = await Promise.all([
        import('../workflows/rollout/ab-standing.ts'),
        import('../workflows/workspace.ts'),
        import('../shared/clock.ts'),
        import('./ab-text.ts'),
      ])
      const config = configured(command)
      const tiers = tier === undefined ? config.tiers.map(({ id }) => id) : [tierNamed(config, tier)]
      const standings = await inWorkspace(config, systemClock, (workspace) => newestAbTests(workspace, tiers))
      if (options.json) return printJson(standings)
      printLine(standings.length === 0 ? 'No A/B test was made.' : standings.map(abText).join('\n\n'))
    })
}

function share(text: string): number {
  const value = Number(text)
  if (text.trim() !== '' && value > 0 && value <= 0.5) return value
  throw new InvalidArgumentError(`expected a share above 0 and at most 0.5, got "${text}".`)
}
