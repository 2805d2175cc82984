import { Command, InvalidArgumentError } from 'commander'
import { type PriceChange, priceChangeFrom, priceExample } from '../reporting/cost-projection/price-change.ts'
import { configured } from './configured.ts'
import { costText } from './cost-text.ts'
import { wholeNumber } from './options.ts'
import { printJson, printLine } from './print.ts'
import { tierNamed } from './said.ts'

interface CostOptions {
  tier?: string
  perDay?: number
  growth: number
  inputTokens?: number
  outputTokens?: number
  price: PriceChange[]
  budget?: number
  json?: boolean
}

export function costCommand(): Command {
  return new Command('cost')
    .description('What the requests of a tier cost with each of its models: today, in a month, in a year')
    .option('-t, --tier <tier>', 'number or name of a tier (default: all)')
    .option('--per-day <n>', 'requests a day (default: as many as in the last 7 days)', wholeNumber(1))
    .option('--growth <percent>', 'how many more in a month; -10 for fewer', percent, 0)
    .option('--input-tokens <n>', 'of every request (default: as measured)', wholeNumber(0))
    .option('--output-tokens <n>', 'of every request, reasoning included', wholeNumber(0))
    .option(
      '--price <model=in,out[@day]>',
      'another price of 1,000 tokens, now or from a day on; repeatable',
      prices,
      [],
    )
    .option('--budget <usd>', 'for a month (default: budget.monthUsd of the configuration)', amount)
    .option('--json', 'print one JSON document')
    .addHelpText(
      'after',
      '\nExamples:\n  $ npx incumbent cost --tier 1 --per-day 5000 --growth 5\n  $ npx incumbent cost --tier 1 --per-day 5000 --price gemini-2.0-flash-001=0.0002,0.0008@2027-01-01',
    )
    .action(async (options: CostOptions, command: Command) => {
      const [{ projectTierCosts }, { inWorkspace }, { systemClock }] = await Promise.all([
        import('../workflows/project-tier-costs.ts'),
        import('../workflows/workspace.ts'),
        import('../shared/clock.ts'),
      ])
      const config = configured(command)
      const request = {
        tiers: options.tier === undefined ? config.tiers.map(({ id }) => id) : [tierNamed(config, options.tier)],
        requestsPerDay: options.perDay,
        growthPerMonth: options.growth / 100,
        tokens: tokensOf(command, options),
        priceChanges: options.price,
        budgetUsdPerMonth: options.budget,
      }
      const projections = await inWorkspace(config, systemClock, (workspace) => projectTierCosts(workspace, request))
      if (options.json) return printJson(projections)
      printLine(projections.map(costText).join('\n\n'))
    })
}

function tokensOf(command: Command, { inputTokens, outputTokens }: CostOptions) {
  if (inputTokens === undefined && outputTokens === undefined) return undefined
  if (inputTokens !== undefined && outputTokens !== undefined) return { input: inputTokens, output: outputTokens }
  return command.error('error: give --input-tokens and --output-tokens together.', { exitCode: 2 })
}

function percent(text: string): number {
  const value = Number(text)
  if (text.trim() !== '' && value > -100 && Number.isFinite(value)) return value
  throw new InvalidArgumentError(`expected a percentage above -100, got "${text}".`)
}

function amount(text: string): number {
  const value = Number(text)
  if (text.trim() !== '' && value >= 0 && Number.isFinite(value)) return value
  throw new InvalidArgumentError(`expected an amount in US dollars, got "${text}".`)
}

function prices(text: string, before: PriceChange[]): PriceChange[] {
  const change = priceChangeFrom(text)
  if (change === undefined) throw new InvalidArgumentError(`expected such as ${priceExample}, got "${text}".`)
  return [...before, change]
}
