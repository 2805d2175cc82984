import { userInfo } from 'node:os'
import { Command } from 'commander'
import type { Config } from '../config/config.ts'
import { caller } from '../shared/caller.ts'
import { systemClock } from '../shared/clock.ts'
import type { CycleRequest } from '../workflows/cycle-request.ts'
import { configured } from './configured.ts'
import { interruptible } from './interruptible.ts'
import { names, tiers, wholeNumber } from './options.ts'
import { printJson, printLine } from './print.ts'
import { thenTell } from './then-tell.ts'

interface RunOptions {
  tier?: number[]
  models?: string[]
  dataset?: string
  limit?: number
  repeats?: number
  concurrency?: number
  name?: string
  racing: boolean
  apply: boolean
  json?: boolean
}

export const resumeHint = 'What was answered is stored; go on with: npx incumbent resume'

export function runCommand(): Command {
  return new Command('run')
    .description('The whole cycle now: evaluate every tier, recommend, apply by policy, report')
    .option('-t, --tier <ids>', 'only these tiers, such as 1,3', tiers)
    .option('-m, --models <names>', 'only these challengers and baselines, beside the incumbent', names)
    .option('-d, --dataset <version>', 'golden data, such as v1 or job-analysis@v1 (default: the newest version)')
    .option('--limit <n>', 'only the first n samples of the seeded order; nothing follows from it', wholeNumber(1))
    .option('--repeats <n>', 'how often each sample is asked of a language model', wholeNumber(1))
    .option('--concurrency <n>', 'calls at the same time to one provider', wholeNumber(1))
    .option('--name <text>', 'name of the test (default: Weekly Tier N Model Comparison)')
    .option('--no-racing', 'ask challengers everything, also those that are too unlikely to win')
    .option('--no-apply', 'change no assignment whatever the verdict')
    .option('--json', 'print one JSON document')
    .addHelpText(
      'after',
      '\nExamples:\n  $ npx incumbent run\n  $ npx incumbent run --tier 1 --models rules-basic,gemini-2.0-flash-001',
    )
    .action(async (options: RunOptions, command: Command) => {
      const { tier, apply, racing, name, models, dataset, limit, repeats, concurrency } = options
      const request = { tiers: tier, models, dataset, limit, repeats, concurrency, racing, apply, testName: name }
      const { inWorkspace } = await import('../workflows/workspace.ts')
      const config = configured(command)
      const startedBy = `manual:${userInfo().username}`
      const report = await interruptible(resumeHint, (signal) =>
        inWorkspace(
          config,
          systemClock,
          (workspace, { runCycle, progressOn, materials }) => {
            const run = () => runCycle(workspace, request, startedBy, progressOn(caller().stderr), signal, materials)
            return thenTell(workspace, run, signal)
          },
          () => loaded(config, request),
        ),
      )
      if (options.json) return printJson(report)
      const { cycleText } = await import('./cycle-text.ts')
      printLine(cycleText(report))
    })
}

/** The parts of the program that carry a cycle, and the golden data. */
async function loaded(config: Config, request: CycleRequest) {
  const [{ runCycle }, { loadMaterials }, { progressOn }, { loadPool }] = await Promise.all([
    import('../workflows/run-cycle.ts'),
    import('../workflows/tier-material.ts'),
    import('./progress.ts'),
    import('../providers/http-client.ts'),
  ])
  await loadPool()
  return { runCycle, progressOn, materials: loadMaterials(config, request) }
}
