import { Command } from 'commander'
import { type SayOptions, say, saying } from './said.ts'

export function approveCommand(): Command {
  const command = new Command('approve')
    .description('Lets a proposal start, a proven challenger serve users, or what is paused or in an incident go on')
    .argument('<tier>', 'number or name of the tier')
    .addHelpText('after', '\nExample:\n  $ npx incumbent approve 1 --by Ada')
    .action(async (tier: string, options: SayOptions) => {
      const { judgeRollout } = await import('../workflows/rollout/judge-rollout.ts')
      await say(command, tier, options, (workspace, id, person) => judgeRollout(workspace, id, 'approve', person))
    })
  return saying(command, 'optional')
}
