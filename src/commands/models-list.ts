import { Command } from 'commander'
import type { Price } from '../providers/model.ts'
import { placementOf } from '../providers/placement.ts'
import { priceOf } from '../providers/price.ts'
import { lockWords } from '../recommendation/reasoning/set-aside-text.ts'
import { money } from '../shared/format-number.ts'
import { retirement } from '../workflows/choose-models.ts'
import type { RegisteredModel } from '../workflows/registered-models.ts'
import { inRegistry } from './in-registry.ts'
import { printJson, printLine } from './print.ts'
import { textTable } from './text-table.ts'

export function modelsListCommand(): Command {
  return new Command('list')
    .description('Every model with provider, price and state')
    .option('--json', 'print one JSON document')
    .addHelpText('after', '\nExample:\n  $ npx incumbent models list')
    .action(async (options: { json?: boolean }, command: Command) => {
      const { registeredModels } = await import('../workflows/registered-models.ts')
      const registry = await inRegistry(command, registeredModels)
      if (options.json) return printJson(registry.map((model) => ({ ...model, price: priceOf(model) ?? null })))
      printLine(registryTable(registry))
    })
}

function registryTable(registry: readonly RegisteredModel[]): string {
  const right = { align: 'right' } as const
  const columns = [
    { title: 'model' },
    { title: 'provider' },
    { title: 'tiers' },
    { title: '$ per 1k in', ...right },
    { title: '$ per 1k out', ...right },
    { title: 'price as of' },
    { title: 'state' },
  ]
  const rows = registry.map((model) => {
    const state = model.isActive ? ['active', ...model.locked.map(lockText)].join('; ') : retirement(model)
    return [model.name, model.provider, model.tiers.join(','), ...priceCells(model), state]
  })
  return textTable(columns, rows)
}

function lockText({ tier, reason }: RegisteredModel['locked'][number]): string {
  return `locked on tier ${tier}: ${lockWords[reason]}`
}

function priceCells(model: RegisteredModel): string[] {
  const price = priceOf(model)
  const isFree = price === undefined && (model.providerKind === 'rules' || placementOf(model) === 'local')
  const figure = (usd: number | undefined) => (isFree ? '0' : usd === undefined ? 'unknown' : String(usd))
  return [figure(price?.inputUsdPer1k), figure(price?.outputUsdPer1k), priceDay(price)]
}

/** With what the electricity of a local model is taken to cost. */
function priceDay(price: Price | undefined): string {
  if (price?.usdPerHour === undefined) return price?.asOf ?? ''
  return `${price.asOf}, about ${money(price.usdPerHour)} an hour`
}
