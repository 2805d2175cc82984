import { Command } from 'commander'
import { csvLine } from '../reporting/render-csv.ts'
import { caller } from '../shared/caller.ts'
import { UserError } from '../shared/user-error.ts'
import { hostWorkspace } from '../workflows/hosting.ts'
import { configured } from './configured.ts'
import { backupCommand, restoreCommand } from './db-backup.ts'
import { printJson, printLine } from './print.ts'
import { textTable } from './text-table.ts'

export function dbCommand(): Command {
  return new Command('db')
    .description('The database: migrations, read-only SQL, backup and restore')
    .addCommand(migrateCommand())
    .addCommand(statusCommand())
    .addCommand(queryCommand())
    .addCommand(backupCommand())
    .addCommand(restoreCommand())
}

function migrateCommand(): Command {
  return new Command('migrate')
    .description('Brings the tables up to date; other commands do this by themselves')
    .option('--down', 'take back the newest migration with the data in its tables')
    .option('--all', 'with --down: take back all of them')
    .option('--json', 'print one JSON document')
    .addHelpText('after', '\nExample:\n  $ npx incumbent db migrate')
    .action(async (options: { down?: boolean; all?: boolean; json?: boolean }, command: Command) => {
      if (options.down && hostWorkspace() !== undefined) throw stopFirst()
      const { migrateDown, migrateUp } = await import('../database/migrate.ts')
      const database = await opened(command)
      try {
        const names = options.down
          ? await migrateDown(database.db, options.all ? 'all' : 'newest')
          : await migrateUp(database.db)
        if (options.json) return printJson({ [options.down ? 'undone' : 'applied']: names })
        printLine(names.length === 0 ? 'Nothing to do: the tables are up to date.' : names.join('\n'))
      } finally {
        await database.close()
      }
    })
}

function statusCommand(): Command {
  return new Command('status')
    .description('Which migrations the database has')
    .option('--json', 'print one JSON document')
    .addHelpText('after', '\nExample:\n  $ npx incumbent db status')
    .action(async (options: { json?: boolean }, command: Command) => {
      const { migrationStatus } = await import('../database/migrate.ts')
      const database = await opened(command)
      try {
        const status = await migrationStatus(database.db)
        if (options.json) {
          return printJson({
            kind: database.kind,
            migrations: status.map((one) => ({ ...one, appliedAt: one.appliedAt ?? null })),
          })
        }
        const rows = status.map(({ name, appliedAt }) => [name, appliedAt?.toISOString() ?? 'not applied'])
        printLine(`${database.kind} database\n\n${textTable([{ title: 'migration' }, { title: 'applied' }], rows)}`)
      } finally {
        await database.close()
      }
    })
}

function queryCommand(): Command {
  return new Command('query')
    .description('Answers a question in SQL; reads only (docs/sql.md has the tables and questions)')
    .argument('<sql>', 'one statement')
    .option('--csv', 'print comma-separated values')
    .option('--json', 'print an array of row objects')
    .addHelpText(
      'after',
      '\nExample:\n  $ npx incumbent db query "select tier, model, accuracy, total from tier_leaderboard"',
    )
    .action(async (statement: string, options: { csv?: boolean; json?: boolean }, command: Command) => {
      const [{ queryReadOnly }, { inWorkspace }, { systemClock }] = await Promise.all([
        import('../database/read-only-query.ts'),
        import('../workflows/workspace.ts'),
        import('../shared/clock.ts'),
      ])
      const { columns, rows } = await inWorkspace(configured(command), systemClock, ({ database }) =>
        queryReadOnly(database, statement),
      )
      if (options.json) return printJson(rows)
      const cells = rows.map((row) => columns.map((column) => cellText(row[column])))
      if (options.csv) return void caller().stdout.write([columns, ...cells].map(csvLine).join(''))
      printLine(
        textTable(
          columns.map((title) => ({ title })),
          cells,
        ),
      )
    })
}

function cellText(value: unknown): string {
  if (value === null || value === undefined) return ''
  return typeof value === 'string' ? value : JSON.stringify(value)
}

function stopFirst(): UserError {
  return new UserError(
    'Expected the service to be stopped, as its tables would be taken away from under it, but it runs. Stop it first.',
  )
}

/** Without the registry and the seats of the configuration: `db migrate` alone leaves the document's rows. */
async function opened(command: Command) {
  const { databaseOf } = await import('../workflows/hosting.ts')
  return databaseOf(configured(command), { migrate: false })
}
