import { Command } from 'commander'
import { counted } from '../shared/counted.ts'
import { UserError } from '../shared/user-error.ts'
import { WorkFailed } from '../shared/work-failed.ts'
import type { Check } from '../workflows/doctor/check.ts'
import { configured } from './configured.ts'
import { interruptible } from './interruptible.ts'
import { printJson, printLine, printNote } from './print.ts'

export function doctorCommand(): Command {
  return new Command('doctor')
    .description('Looks at the whole installation and says what to mend; exits with 1 when something does not work')
    .option('--json', 'print one JSON document')
    .addHelpText('after', '\nExample:\n  $ npx incumbent doctor')
    .action(async ({ json = false }: { json?: boolean }, command: Command) => {
      const checks: Check[] = []
      const tell = (check: Check) => {
        checks.push(check)
        if (!json) printLine(checkText(check))
      }
      await interruptible('Nothing was changed.', (signal) => examined(command, tell, signal))
      const problems = checks.filter(({ status }) => status === 'problem').length
      if (json) printJson({ checks })
      else if (problems === 0) printLine('\nEverything that is needed works.')
      if (problems > 0) throw new WorkFailed(`${json ? '' : '\n'}${counted(problems, 'problem')} to mend.`)
    })
}

async function examined(command: Command, tell: (check: Check) => void, signal: AbortSignal): Promise<void> {
  const [{ examine }, { checkSchedule }, { systemClock }, { checkConfiguration, wrongConfiguration }] =
    await Promise.all([
      import('../workflows/doctor/examine.ts'),
      import('../scheduling/check-schedule.ts'),
      import('../shared/clock.ts'),
      import('../workflows/doctor/check-configuration.ts'),
    ])
  const config = readable(() => configured(command))
  if (typeof config === 'string') return tell(wrongConfiguration(config))
  tell(checkConfiguration(config))
  tell(checkSchedule(config, systemClock.now()))
  for await (const check of examine(config, systemClock, printNote, signal)) tell(check)
}

/** What `read` gives, or what is wrong with the configuration. */
function readable<T extends object>(read: () => T): T | string {
  try {
    return read()
  } catch (error) {
    if (error instanceof UserError) return error.message
    throw error
  }
}

const marks: Readonly<Record<Check['status'], string>> = { good: '✓', warning: '!', problem: '✗', unused: '·' }

const partWidth = 22

/** One line, and one more for what is to be done. */
export function checkText({ part, status, words, remedy }: Check): string {
  const [first = '', ...more] = words.split('\n')
  const indented = ' '.repeat(partWidth + 2)
  const lines = [`${marks[status]} ${part.padEnd(partWidth)}${first}`, ...more.map((line) => indented + line)]
  if (remedy !== null) lines.push(`${indented}→ ${remedy}`)
  return lines.join('\n')
}
