import { Command } from 'commander'
import { configured } from './configured.ts'
import { printJson, printLine } from './print.ts'

export function reportCommand(): Command {
  return new Command('report')
    .description('Writes the report of a cycle again: report.md, results.csv, results.json')
    .option('-e, --evaluation <id>', 'the cycle of this evaluation (default: the newest that is finished)')
    .option('--json', 'print the report as one JSON document')
    .addHelpText('after', '\nExample:\n  $ npx incumbent report')
    .action(async (options: { evaluation?: string; json?: boolean }, command: Command) => {
      const [{ writeReportAgain }, { inWorkspace }, { systemClock }] = await Promise.all([
        import('../workflows/write-report-again.ts'),
        import('../workflows/workspace.ts'),
        import('../shared/clock.ts'),
      ])
      const report = await inWorkspace(configured(command), systemClock, (workspace) =>
        writeReportAgain(workspace, options.evaluation),
      )
      if (options.json) return printJson(report)
      for (const path of report.reports) printLine(path)
    })
}
