import { Command } from 'commander'
import { type SayOptions, say, saying } from './said.ts'

export function rejectCommand(): Command {
  const command = new Command('reject')
    .description('Ends the rollout of a tier and locks its challenger, until one of its parts changes')
    .argument('<tier>', 'number or name of the tier')
    .addHelpText('after', '\nExample:\n  $ npx incumbent reject 1 --reason "too curt for our customers"')
    .action(async (tier: string, options: SayOptions) => {
      const { judgeRollout } = await import('../workflows/rollout/judge-rollout.ts')
      await say(command, tier, options, (workspace, id, person) => judgeRollout(workspace, id, 'reject', person))
    })
  return saying(command, 'required')
}
