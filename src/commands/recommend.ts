import { readFileSync } from 'node:fs'
import { Command } from 'commander'
import { analyse } from '../analysis/analyse.ts'
import { parseEvaluationRecords } from '../analysis/parse-evaluation-records.ts'
import { recommendWithEvidence } from '../recommendation/evidence.ts'
import { explain } from '../recommendation/reasoning.ts'
import { recommend } from '../recommendation/recommend.ts'
import { UserError } from '../shared/user-error.ts'
import { configured } from './configured.ts'
import { movementText } from './movement-text.ts'
import { tiers } from './options.ts'
import { printJson, printLine } from './print.ts'

interface RecommendOptions {
  from?: string
  evaluation?: string
  tier?: number[]
  json?: boolean
}

export function recommendCommand(): Command {
  return new Command('recommend')
    .description('Decides again from stored outcomes, or from the records of another tool; changes nothing')
    .option('--from <file>', 'JSON file with records (format: docs/decisions.md); opens no database')
    .option('-e, --evaluation <id>', 'beginning of the id of an evaluation')
    .option('-t, --tier <ids>', 'the newest evaluation of these tiers', tiers)
    .option('--json', 'print one JSON document')
    .addHelpText(
      'after',
      '\nExamples:\n  $ npx incumbent recommend --tier 1\n  $ npx incumbent recommend --from records.json --json',
    )
    .action(async (options: RecommendOptions, command: Command) => {
      if (options.from !== undefined) return recommendFrom(options.from, options.json === true)
      const [{ recommendAgain }, { tierMovements }, { inWorkspace }, { systemClock }] = await Promise.all([
        import('../workflows/recommend-again.ts'),
        import('../workflows/rollout/rollout-standing.ts'),
        import('../workflows/workspace.ts'),
        import('../shared/clock.ts'),
      ])
      const [verdicts, now] = await inWorkspace(configured(command), systemClock, async (workspace) => [
        await recommendAgain(workspace, { evaluation: options.evaluation, tiers: options.tier }),
        await tierMovements(workspace),
      ])
      // A verdict is the same again whenever it is asked for; what is on its way now is no part of it.
      if (options.json) return printJson(verdicts)
      for (const { evaluation, reasoning } of verdicts) printLine(`Evaluation ${evaluation}\n\n${reasoning}\n`)
      const shown = now.filter(({ tier }) => verdicts.some((verdict) => verdict.tier === tier))
      const movement = movementText(shown)
      if (movement !== '') printLine(movement)
    })
}

function recommendFrom(file: string, json: boolean): void {
  const records = parseEvaluationRecords(readJson(file), file)
  const analysis = analyse(records)
  if (json) {
    printJson({ analysis, recommendation: recommend(records) })
    return
  }
  const items = new Set(records.items ?? records.records.map(({ item }) => item))
  const tier = Number.parseInt(String(records.tier ?? '').replace(/^\D+/, ''), 10)
  printLine(
    explain({
      tier: { id: Number.isNaN(tier) ? 0 : tier, name: String(records.tier ?? 'unnamed') },
      analysis,
      recommendation: recommendWithEvidence(records),
      settings: records.config ?? {},
      samples: items.size,
      repeats: Math.max(0, ...records.records.map(({ repeat }) => repeat)) + 1,
      baselines: [],
      skipped: [],
    }),
  )
}

function readJson(file: string): unknown {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    throw new UserError(`${file}: expected a file with records, but it cannot be read: ${(error as Error).message}`)
  }
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new UserError(`${file}: expected JSON, got something else: ${(error as Error).message}`)
  }
}
