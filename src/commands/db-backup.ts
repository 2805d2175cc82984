import { relative, resolve } from 'node:path'
import { Command } from 'commander'
import { caller } from '../shared/caller.ts'
import { systemClock } from '../shared/clock.ts'
import { UserError } from '../shared/user-error.ts'
import { hostWorkspace } from '../workflows/hosting.ts'
import { configured } from './configured.ts'
import { printJson, printLine } from './print.ts'

export function backupCommand(): Command {
  return new Command('backup')
    .description('Writes all that is in the embedded database into one file; also while the service runs')
    .argument('[file]', 'default: incumbent-<time>.tar.gz in the working directory')
    .option('--json', 'print one JSON document')
    .addHelpText('after', '\nExample:\n  $ npx incumbent db backup incumbent.tar.gz')
    .action(async (name: string | undefined, { json }: { json?: boolean }, command: Command) => {
      const [{ backUp }, { databaseOf }] = await Promise.all([
        import('../database/embedded-backup.ts'),
        import('../workflows/hosting.ts'),
      ])
      const time = systemClock.now().toISOString().slice(0, 19).replaceAll(':', '-')
      const file = resolve(caller().cwd, name ?? `incumbent-${time}.tar.gz`)
      const database = await databaseOf(configured(command), { migrate: false })
      try {
        const bytes = await backUp(database, file)
        if (json) return printJson({ file, bytes })
        printLine(`${shown(file)}: ${(bytes / 1024 ** 2).toFixed(1)} MB. It holds prompts and answers: keep it safe.`)
      } finally {
        await database.close()
      }
    })
}

export function restoreCommand(): Command {
  return new Command('restore')
    .description('Puts a backup in place of the embedded database, which is moved aside')
    .argument('<file>', 'made by `incumbent db backup`')
    .option('--json', 'print one JSON document')
    .addHelpText('after', '\nExample:\n  $ npx incumbent db restore incumbent.tar.gz')
    .action(async (name: string, { json }: { json?: boolean }, command: Command) => {
      if (hostWorkspace() !== undefined) {
        throw new UserError('Expected the service to be stopped, as its database would be exchanged under it. Stop it.')
      }
      const { restore, useToolsOf } = await import('../database/embedded-backup.ts')
      const { home, database } = configured(command)
      if (database.url !== undefined) {
        throw useToolsOf('pg_restore --clean --if-exists --dbname="$DATABASE_URL" incumbent.dump')
      }
      const before = await restore(home, resolve(caller().cwd, name), systemClock.now())
      if (json) return printJson({ home, before: before ?? null })
      const kept =
        before === undefined ? '' : ` What was there before is in ${shown(before)}; delete it when you are sure.`
      printLine(`Restored into ${shown(home)}.${kept}`)
    })
}

function shown(path: string): string {
  return relative(caller().cwd, path) || path
}
