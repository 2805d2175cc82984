import { Command } from 'commander'
import { priceOf } from '../providers/price.ts'
import { configured } from './configured.ts'
import { printJson, printLine } from './print.ts'
import { textTable } from './text-table.ts'

export function modelsCommand(): Command {
  const models = new Command('models').description('The registry of models')
  models
    .command('list')
    .description('Every model with provider, price and state')
    .option('--json', 'print one JSON document')
    .addHelpText('after', '\nExample:\n  $ npx incumbent models list')
    .action(async (options: { json?: boolean }, command: Command) => {
      const [{ listModels }, { inWorkspace }, { systemClock }] = await Promise.all([
        import('../database/model-queries.ts'),
        import('../workflows/workspace.ts'),
        import('../shared/clock.ts'),
      ])
      const registry = await inWorkspace(configured(command), systemClock, ({ database }) => listModels(database.db))
      if (options.json) return printJson(registry.map((model) => ({ ...model, price: priceOf(model) ?? null })))
      const columns = [
        { title: 'model' },
        { title: 'provider' },
        { title: '$ per 1k in', align: 'right' as const },
        { title: '$ per 1k out', align: 'right' as const },
        { title: 'price as of' },
        { title: 'state' },
      ]
      const rows = registry.map((model) => {
        const price = priceOf(model)
        const figure = (usd: number | undefined) => (usd === undefined ? 'unknown' : String(usd))
        const prices =
          model.providerKind === 'rules'
            ? ['0', '0', '']
            : [figure(price?.inputUsdPer1k), figure(price?.outputUsdPer1k), price?.asOf ?? '']
        return [model.name, model.provider, ...prices, model.isActive ? 'active' : 'retired']
      })
      printLine(textTable(columns, rows))
    })
  return models
}
