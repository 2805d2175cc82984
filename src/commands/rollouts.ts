import { Command } from 'commander'
import { nameOf } from '../rollout/shown-words.ts'
import type { TierRollouts } from '../workflows/rollout/rollout-history.ts'
import { configured } from './configured.ts'
import { wholeNumber } from './options.ts'
import { printJson, printLine } from './print.ts'
import { tierNamed } from './said.ts'

export function rolloutsCommand(): Command {
  return new Command('rollouts')
    .description('What is on its way on each tier, and what happened to its rollouts')
    .argument('[tier]', 'number or name of the tier')
    .option('--limit <n>', 'how many events of each tier', wholeNumber(1), 20)
    .option('--json', 'print one JSON document')
    .addHelpText('after', '\nExample:\n  $ npx incumbent rollouts 1')
    .action(async (tier: string | undefined, options: { limit: number; json?: boolean }, command: Command) => {
      const [{ rolloutHistory }, { inWorkspace }, { systemClock }] = await Promise.all([
        import('../workflows/rollout/rollout-history.ts'),
        import('../workflows/workspace.ts'),
        import('../shared/clock.ts'),
      ])
      const config = configured(command)
      const tiers = tier === undefined ? config.tiers.map(({ id }) => id) : [tierNamed(config, tier)]
      const histories = await inWorkspace(config, systemClock, (workspace) =>
        rolloutHistory(workspace, tiers, options.limit),
      )
      if (options.json) return printJson(histories)
      printLine(histories.map(historyText).join('\n\n'))
    })
}

function historyText({ tier, name, now, events }: TierRollouts): string {
  const lines = events.map(({ at, by, sentence, reason }) => {
    const why = reason === null || sentence.includes(reason) ? '' : ` Reason: ${reason}`
    return `  ${at.slice(0, 16).replace('T', ' ')}  ${nameOf(by)}: ${sentence}${why}`
  })
  return [`Tier ${tier} (${name}): ${now.join(' ')}`, ...lines].join('\n')
}
