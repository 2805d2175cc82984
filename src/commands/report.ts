import { Command, InvalidArgumentError } from 'commander'
import type { DeliveryChannel } from '../database/delivery-queries.ts'
import { type ReportFormat, reportFormats } from '../reporting/report-format.ts'
import { UserError } from '../shared/user-error.ts'
import { configured } from './configured.ts'
import { interruptible } from './interruptible.ts'
import { names } from './options.ts'
import { printJson, printLine } from './print.ts'
import { chosenChannels, printSent } from './sent-text.ts'

interface ReportOptions {
  evaluation?: string
  format?: ReportFormat[]
  send?: boolean
  to?: DeliveryChannel[]
  again?: boolean
  json?: boolean
}

export function reportCommand(): Command {
  return new Command('report')
    .description('Writes the report of a cycle again: report.md, results.csv, results.json, report.html; or sends it')
    .option('-e, --evaluation <id>', 'the cycle of this evaluation (default: the newest that is finished)')
    .option('-f, --format <list>', `only these files: ${reportFormats.join(', ')} (default: all)`, chosenFormats)
    .option('--send', 'send it to Slack and by e-mail instead, to those who have not got it yet')
    .option('--to <list>', 'with --send: only slack or email (default: all that are configured)', chosenChannels)
    .option('--again', 'with --send: also to those who have got it')
    .option('--json', 'print one JSON document: the report, or with --send what became of its messages')
    .addHelpText(
      'after',
      '\nExamples:\n  $ npx incumbent report\n  $ npx incumbent report --format html\n  $ npx incumbent report --send',
    )
    .action(async (options: ReportOptions, command: Command) => {
      if (options.send) return sendIt(options, command)
      if (options.to !== undefined || options.again) throw new UserError('--to and --again go with --send.')
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

async function sendIt({ evaluation, to, again = false, json }: ReportOptions, command: Command): Promise<void> {
  const [{ sendReport }, { inWorkspace }, { systemClock }] = await Promise.all([
    import('../workflows/delivery/send-report.ts'),
    import('../workflows/workspace.ts'),
    import('../shared/clock.ts'),
  ])
  const sent = await interruptible('What was sent stays sent.', (signal) =>
    inWorkspace(configured(command), systemClock, (workspace) =>
      sendReport(workspace, evaluation, { channels: to, again }, signal),
    ),
  )
  if (json) printJson({ messages: sent })
  printSent(sent, { isPrinted: json === true })
}

function chosenFormats(text: string): ReportFormat[] {
  return names(text).map((name) => {
    const format = reportFormats.find((each) => each === name)
    if (format === undefined)
      throw new InvalidArgumentError(`expected some of ${reportFormats.join(', ')}, got "${name}".`)
    return format
  })
}
