import { Command, InvalidArgumentError } from 'commander'
import type { TierStats } from '../datasets/dataset-stats.ts'
import { UserError } from '../shared/user-error.ts'
import type { MeasuredSpread } from '../workflows/measured-spreads.ts'
import { configured } from './configured.ts'
import { chosen, type DatasetOptions, withFolder } from './dataset-choice.ts'
import { statsText } from './dataset-text.ts'
import { printJson, printLine, printNote } from './print.ts'

interface StatsOptions extends DatasetOptions {
  difference?: number
}

export function statsCommand(): Command {
  return withFolder(new Command('stats'))
    .description('What a version holds, and how small a difference between models it can detect')
    .argument('[dataset]', 'name or name@version; without a version the newest, without a name all datasets')
    .option('--difference <points>', 'say how many more samples it takes to detect this difference', points)
    .addHelpText('after', '\nExample:\n  $ npx incumbent datasets stats job-analysis --difference 2')
    .action(async (dataset: string | undefined, options: StatsOptions, command: Command) => {
      const [{ describeVersion }, { detectableDifferences }] = await Promise.all([
        import('../workflows/describe-datasets.ts'),
        import('../workflows/detectable-differences.ts'),
      ])
      const { folder, json, difference } = options
      const stats = chosen(dataset, folder).map(({ path, version }) => describeVersion(path, version))
      const measured = await spreadsOf(
        stats.flatMap(({ tiers }) => tiers),
        command,
      )
      const datasets = stats.map((each) => ({
        ...each,
        detectable: detectableDifferences(each.tiers, measured, difference),
      }))
      if (json) return printJson({ datasets })
      printLine(datasets.map(({ detectable, ...each }) => statsText(each, detectable)).join('\n\n'))
    })
}

/** What stored runs tell. Without a configuration or a database that can be read, the rest is shown all the same. */
async function spreadsOf(tiers: readonly TierStats[], command: Command): Promise<MeasuredSpread[]> {
  const { storedSpreads } = await import('../workflows/measured-spreads.ts')
  try {
    return await storedSpreads(
      configured(command),
      tiers.map(({ hash }) => hash),
    )
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    printNote(`Stored runs were not looked at: ${error.message}`)
    return []
  }
}

function points(text: string): number {
  const value = Number(text)
  if (/^\d+(?:\.\d+)?$/.test(text) && value >= 0.1 && value <= 100) return value
  throw new InvalidArgumentError(`expected points from 0.1 to 100, got "${text}".`)
}
