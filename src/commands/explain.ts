import { Command } from 'commander'
import { caller } from '../shared/caller.ts'
import { configured } from './configured.ts'
import { printJson, printLine } from './print.ts'

interface ExplainOptions {
  model?: string
  json?: boolean
}

const usualWidth = 120

export function explainCommand(): Command {
  return new Command('explain')
    .description('The decision on an evaluation, told from sample to verdict')
    .argument('<evaluation>', 'beginning of the id of an evaluation')
    .option('-m, --model <name>', 'the challenger to explain (default: the one that the verdict turned on)')
    .option('--json', 'print one JSON document')
    .addHelpText('after', '\nExample:\n  $ npx incumbent explain 1f3a9c20')
    .action(async (evaluation: string, { model, json }: ExplainOptions, command: Command) => {
      const [{ explainEvaluation }, { inWorkspace }, { systemClock }] = await Promise.all([
        import('../workflows/explain-evaluation.ts'),
        import('../workflows/workspace.ts'),
        import('../shared/clock.ts'),
      ])
      const explanation = await inWorkspace(configured(command), systemClock, (workspace) =>
        explainEvaluation(workspace, { evaluation, model }),
      )
      if (json) return printJson(explanation)
      const { explainText } = await import('./explain-text.ts')
      printLine(explainText(explanation, Math.max(80, caller().stdout.columns ?? usualWidth)))
    })
}
