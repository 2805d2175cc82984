import { Command } from 'commander'
import { caller } from '../shared/caller.ts'
import { configured } from './configured.ts'
import { interruptible } from './interruptible.ts'
import { printJson, printLine } from './print.ts'
import { resumeHint } from './run.ts'
import { thenTell } from './then-tell.ts'

export function resumeCommand(): Command {
  return new Command('resume')
    .description('Goes on with a cycle that was cut off; asks nothing twice')
    .argument('[evaluation]', 'beginning of the id of one of its evaluations (default: the newest that is interrupted)')
    .option('--json', 'print one JSON document')
    .addHelpText('after', '\nExample:\n  $ npx incumbent resume')
    .action(async (evaluation: string | undefined, options: { json?: boolean }, command: Command) => {
      const [{ resumeCycle }, { inWorkspace }, { systemClock }, { progressOn }] = await Promise.all([
        import('../workflows/resume-cycle.ts'),
        import('../workflows/workspace.ts'),
        import('../shared/clock.ts'),
        import('./progress.ts'),
      ])
      const report = await interruptible(resumeHint, (signal) =>
        inWorkspace(configured(command), systemClock, (workspace) =>
          thenTell(workspace, () => resumeCycle(workspace, evaluation, progressOn(caller().stderr), signal), signal),
        ),
      )
      if (options.json) return printJson(report)
      const { cycleText } = await import('./cycle-text.ts')
      printLine(cycleText(report))
    })
}
