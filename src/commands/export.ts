import { createWriteStream } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { resolve } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { Command, InvalidArgumentError, Option } from 'commander'
import { type ExportFormat, exportFormats, renderExport } from '../reporting/render-export.ts'
import { caller } from '../shared/caller.ts'
import { counted } from '../shared/counted.ts'
import { WorkFailed } from '../shared/work-failed.ts'
import { inRegistry } from './in-registry.ts'
import { names, tiers } from './options.ts'
import { printNote } from './print.ts'

interface ExportOptions {
  evaluation?: string
  tier?: number[]
  models?: string[]
  since?: Date
  inputs?: boolean
  format: ExportFormat
  json?: boolean
  output?: string
}

export function exportCommand(): Command {
  return new Command('export')
    .description('All outcomes with their answers, in a form that other evaluation tools read')
    .option('-e, --evaluation <id>', 'only of this evaluation')
    .option('-t, --tier <ids>', 'only of these tiers, such as 1,2', tiers)
    .option('-m, --models <names>', 'only of these models', names)
    .option('--since <day>', 'only of evaluations since that day, such as 2026-11-01', day)
    .option('--inputs', 'with what each sample asked')
    .addOption(new Option('-f, --format <name>', 'form of the output').choices(exportFormats).default('jsonl'))
    .option('--json', 'the same as --format json')
    .option('-o, --output <file>', 'write into this file instead of printing')
    .addHelpText('after', '\nExample:\n  $ npx incumbent export --tier 1 --since 2026-11-01 --output outcomes.jsonl')
    .action(async (options: ExportOptions, command: Command) => {
      const { exportOutcomes } = await import('../workflows/export-outcomes.ts')
      const { evaluation, tier, models, since, inputs = false, output } = options
      await inRegistry(command, async (workspace) => {
        const request = { evaluation, tiers: tier, models, since, withInputs: inputs }
        const outcomes = counting(exportOutcomes(workspace, request))
        const text = renderExport(options.json ? 'json' : options.format, outcomes.each)
        await (output === undefined ? print(text) : write(text, resolve(caller().cwd, output)))
        if (output !== undefined) printNote(`${counted(outcomes.count(), 'outcome')} in ${output}`)
        else if (outcomes.count() === 0) printNote('There is no such outcome.')
      })
    })
}

function counting<Item>(items: AsyncIterable<Item>) {
  let taken = 0
  return {
    count: () => taken,
    each: (async function* () {
      for await (const item of items) {
        taken += 1
        yield item
      }
    })(),
  }
}

/** No faster than it is read. */
async function print(text: AsyncIterable<string>): Promise<void> {
  await pipeline(Readable.from(text), caller().stdout, { end: false })
}

/** The whole file or none of it. */
async function write(text: AsyncIterable<string>, path: string): Promise<void> {
  const unfinished = `${path}.unfinished`
  try {
    await pipeline(Readable.from(text), createWriteStream(unfinished))
    await rename(unfinished, path)
  } catch (error) {
    await rm(unfinished, { force: true }).catch(() => undefined)
    if (error instanceof Error && 'syscall' in error)
      throw new WorkFailed(`Could not write ${path}: ${error.message}`, { cause: error })
    throw error
  }
}

function day(text: string): Date {
  const date = new Date(`${text}T00:00:00Z`)
  if (/^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text))
    return date
  throw new InvalidArgumentError(`expected a day such as 2026-11-01, got "${text}".`)
}
