import { Command } from 'commander'
import { type SayOptions, say, saying } from './said.ts'

export function pinCommand(): Command {
  const command = new Command('pin')
    .description('Keeps the model that holds a tier there: nothing moves by itself until the pin is taken away')
    .argument('<tier>', 'number or name of the tier')
    .addHelpText('after', '\nExample:\n  $ npx incumbent pin 1 --reason "audit until March"')
    .action(async (tier: string, options: SayOptions) => {
      const { pinSeat } = await import('../workflows/rollout/pin-seat.ts')
      await say(command, tier, options, pinSeat)
    })
  return saying(command, 'required')
}
