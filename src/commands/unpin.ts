import { Command } from 'commander'
import { type SayOptions, say, saying } from './said.ts'

export function unpinCommand(): Command {
  const command = new Command('unpin')
    .description('Takes the pin of a tier away; what it had stopped goes on')
    .argument('<tier>', 'number or name of the tier')
    .addHelpText('after', '\nExample:\n  $ npx incumbent unpin 1')
    .action(async (tier: string, options: SayOptions) => {
      const { unpinSeat } = await import('../workflows/rollout/pin-seat.ts')
      await say(command, tier, options, unpinSeat)
    })
  return saying(command, 'optional')
}
