import { Command } from 'commander'
import type { Workspace } from '../workflows/workspace.ts'
import { inRegistry } from './in-registry.ts'
import { modelsListCommand } from './models-list.ts'
import { tiers, wholeNumber } from './options.ts'
import { printJson, printLine, printNote } from './print.ts'
import { textTable } from './text-table.ts'
import { thenTell } from './then-tell.ts'

export function modelsCommand(): Command {
  return new Command('models')
    .description('The registry of models')
    .addCommand(modelsListCommand())
    .addCommand(addCommand())
    .addCommand(retireCommand())
    .addCommand(discoverCommand())
}

interface AddOptions {
  provider?: string
  id?: string
  tier?: number[]
  context?: number
  price?: string[]
  source?: string
}

function addCommand(): Command {
  return new Command('add')
    .description('Adds a model, takes a retired one back, or gives a known one another price')
    .argument('<name>', 'its name here; also what the provider calls it, unless --id says otherwise')
    .option('-p, --provider <name>', 'a provider of the configuration, such as gemini or ollama')
    .option('--id <id>', 'what the provider calls it')
    .option('-t, --tier <ids>', 'tiers whose evaluations it joins as a challenger, such as 1,2', tiers)
    .option('--context <tokens>', 'most tokens of question and answer together', wholeNumber(1))
    .option('--price <in,out>', 'US dollars per 1,000 input and output tokens, such as 0.0001,0.0004', amounts)
    .option('--source <text>', 'where the price was read', 'entered by hand')
    .addHelpText('after', '\nExample:\n  $ npx incumbent models add gemini-2.5-flash --provider gemini --tier 1,2')
    .action(async (name: string, options: AddOptions, command: Command) => {
      const { addModel } = await import('../workflows/add-model.ts')
      const { price, source = 'entered by hand', tier, context, provider, id } = options
      const added = await inRegistry(command, (workspace) =>
        addModel(workspace, {
          name,
          provider,
          id,
          tiers: tier ?? [],
          contextTokens: context,
          price,
          priceSource: source,
        }),
      )
      printLine(added)
    })
}

/** Both may be the same, so that they are no names. */
function amounts(text: string): string[] {
  return text.split(',').map((part) => part.trim())
}

function retireCommand(): Command {
  return new Command('retire')
    .description('Takes a model out of all evaluations; its results stay')
    .argument('<name>', 'a model of the registry')
    .option('--reason <text>', 'why', 'retired by hand')
    .addHelpText('after', '\nExample:\n  $ npx incumbent models retire gemini-1.5-flash --reason "replaced by 2.5"')
    .action(async (name: string, { reason }: { reason: string }, command: Command) => {
      const { retireModel } = await import('../workflows/add-model.ts')
      const retire = (workspace: Workspace) => thenTell(workspace, () => retireModel(workspace, name, reason))
      printLine(await inRegistry(command, retire))
    })
}

function discoverCommand(): Command {
  return new Command('discover')
    .description('Asks the providers what they have and the registry has not')
    .option('--json', 'print one JSON document')
    .addHelpText('after', '\nExample:\n  $ npx incumbent models discover')
    .action(async (options: { json?: boolean }, command: Command) => {
      const { discoverModels } = await import('../workflows/discover-models.ts')
      const { asked, found, unavailable } = await inRegistry(command, discoverModels)
      if (options.json) return printJson({ asked, found, unavailable })
      for (const { provider, reason, remedy } of unavailable) {
        printNote(`${provider}: ${reason}${remedy === undefined ? '' : `. ${remedy}`}`)
      }
      if (asked.length === 0) return printLine('No provider could be asked.')
      if (found.length === 0) return printLine(`Nothing new: the registry has every model of ${asked.join(', ')}.`)
      const columns = [
        { title: 'provider' },
        { title: 'model' },
        { title: 'context', align: 'right' as const },
        { title: 'add it with' },
      ]
      const rows = found.map(({ provider, id, contextTokens }) => [
        provider,
        id,
        contextTokens === null ? '' : String(contextTokens),
        `npx incumbent models add ${id} --provider ${provider} --tier 1`,
      ])
      printLine(textTable(columns, rows))
    })
}
