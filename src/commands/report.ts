import { Command, InvalidArgumentError } from 'commander'
import { type ReportFormat, reportFormats } from '../reporting/report-format.ts'
import { configured } from './configured.ts'
import { names } from './options.ts'
import { printJson, printLine } from './print.ts'

export function reportCommand(): Command {
  return new Command('report')
    .description('Writes the report of a cycle again: report.md, results.csv, results.json, report.html')
    .option('-e, --evaluation <id>', 'the cycle of this evaluation (default: the newest that is finished)')
    .option('-f, --format <list>', `only these files: ${reportFormats.join(', ')} (default: all)`, chosenFormats)
    .option('--json', 'print the report as one JSON document')
    .addHelpText('after', '\nExamples:\n  $ npx incumbent report\n  $ npx incumbent report --format html')
    .action(async (options: { evaluation?: string; format?: ReportFormat[]; json?: boolean }, command: Command) => {
      const [{ writeReportAgain }, { inWorkspace }, { systemClock }] = await Promise.all([
        import('../workflows/write-report-again.ts'),
        import('../workflows/workspace.ts'),
        import('../shared/clock.ts'),
      ])
      const report = await inWorkspace(configured(command), systemClock, (workspace) =>
        writeReportAgain(workspace, options.evaluation, options.format),
      )
      if (options.json) return printJson(report)
      for (const path of report.reports) printLine(path)
    })
}

function chosenFormats(text: string): ReportFormat[] {
  return names(text).map((name) => {
    const format = reportFormats.find((each) => each === name)
    if (format === undefined)
      throw new InvalidArgumentError(`expected some of ${reportFormats.join(', ')}, got "${name}".`)
    return format
  })
}
