import { Command } from 'commander'
import { type SayOptions, say, saying } from './said.ts'

export function rollbackCommand(): Command {
  const command = new Command('rollback')
    .description('Ends what is on its way and locks its challenger; without a rollout the last good model comes back')
    .argument('<tier>', 'number or name of the tier')
    .addHelpText('after', '\nExample:\n  $ npx incumbent rollback 1 --reason "customers complain since Monday"')
    .action(async (tier: string, options: SayOptions) => {
      const { giveSeatBack } = await import('../workflows/rollout/give-seat-back.ts')
      await say(command, tier, options, giveSeatBack)
    })
  return saying(command, 'required')
}
