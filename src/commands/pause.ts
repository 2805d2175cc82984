import { Command } from 'commander'
import { type SayOptions, say, saying } from './said.ts'

export function pauseCommand(): Command {
  const command = new Command('pause')
    .description('Stops the rollout of a tier for now: the incumbent answers every request until somebody approves')
    .argument('<tier>', 'number or name of the tier')
    .addHelpText('after', '\nExample:\n  $ npx incumbent pause 1 --reason "launch week"')
    .action(async (tier: string, options: SayOptions) => {
      const { judgeRollout } = await import('../workflows/rollout/judge-rollout.ts')
      await say(command, tier, options, (workspace, id, person) => judgeRollout(workspace, id, 'pause', person))
    })
  return saying(command, 'required')
}
