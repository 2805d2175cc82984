import { Command } from 'commander'
import type { Judgement } from '../workflows/rollout/judge-rollout.ts'
import { type SayOptions, say, saying } from './said.ts'

/** What a person can say of a rollout. */
const judgements: Record<Judgement, { does: string; example: string; reason: 'required' | 'optional' }> = {
  approve: {
    does: 'Lets a proposal start, a proven challenger serve users, or what is paused or in an incident go on',
    example: '1 --by Ada',
    reason: 'optional',
  },
  reject: {
    does: 'Ends the rollout of a tier and locks its challenger, until one of its parts changes',
    example: '1 --reason "too curt for our customers"',
    reason: 'required',
  },
  pause: {
    does: 'Stops the rollout of a tier for now: the incumbent answers every request until somebody approves',
    example: '1 --reason "launch week"',
    reason: 'required',
  },
  abort: {
    does: 'Ends the rollout of a tier; the next verdict may open it again',
    example: '1 --reason "the wrong prompt was live"',
    reason: 'required',
  },
}

export function judgeCommand(kind: Judgement): Command {
  const { does, example, reason } = judgements[kind]
  const command = new Command(kind)
    .description(does)
    .argument('<tier>', 'number or name of the tier')
    .addHelpText('after', `\nExample:\n  $ npx incumbent ${kind} ${example}`)
    .action(async (tier: string, options: SayOptions) => {
      const { judgeRollout } = await import('../workflows/rollout/judge-rollout.ts')
      await say(command, tier, options, (workspace, id, person) => judgeRollout(workspace, id, kind, person))
    })
  return saying(command, reason)
}
