import { Command } from 'commander'
import { type SayOptions, say, saying } from './said.ts'

export function assignCommand(): Command {
  const command = new Command('assign')
    .description('Gives a tier to a model at once, whatever the evidence says; what is on its way ends')
    .argument('<tier>', 'number or name of the tier')
    .argument('<model>', 'a model of the registry')
    .addHelpText(
      'after',
      '\nExample:\n  $ npx incumbent assign 1 gemini-2.0-flash-001 --reason "contract with the provider"',
    )
    .action(async (tier: string, model: string, options: SayOptions) => {
      const { assignSeat } = await import('../workflows/rollout/assign-seat.ts')
      await say(command, tier, options, (workspace, id, person) => assignSeat(workspace, id, model, person))
    })
  return saying(command, 'required')
}
