import { Command } from 'commander'
import { type SayOptions, say, saying } from './said.ts'

export function abortCommand(): Command {
  const command = new Command('abort')
    .description('Ends the rollout of a tier; the next verdict may open it again')
    .argument('<tier>', 'number or name of the tier')
    .addHelpText('after', '\nExample:\n  $ npx incumbent abort 1 --reason "the wrong prompt was live"')
    .action(async (tier: string, options: SayOptions) => {
      const { judgeRollout } = await import('../workflows/rollout/judge-rollout.ts')
      await say(command, tier, options, (workspace, id, person) => judgeRollout(workspace, id, 'abort', person))
    })
  return saying(command, 'required')
}
