import { userInfo } from 'node:os'
import { Command, InvalidArgumentError } from 'commander'
import { configured } from './configured.ts'
import { printJson, printLine, printNote } from './print.ts'
import { textTable } from './text-table.ts'

export function tokenCommand(): Command {
  return new Command('token')
    .description('Tokens with which applications may ask the service')
    .addCommand(createCommand())
    .addCommand(listCommand())
    .addCommand(revokeCommand())
}

function createCommand(): Command {
  return new Command('create')
    .description('Makes a token and prints it, this once; from then on the service answers nobody without one')
    .argument('<name>', 'who will use it, such as the name of the application', tokenName)
    .option('--json', 'print one JSON document')
    .addHelpText('after', '\nExample:\n  $ npx incumbent token create shop')
    .action(async (name: string, options: { json?: boolean }, command: Command) => {
      const { createApiToken } = await import('../workflows/api-tokens.ts')
      const token = await inTokens(command, (workspace) =>
        createApiToken(workspace, name, `manual:${userInfo().username}`),
      )
      if (options.json) return printJson({ name, token })
      printLine(token)
      printNote(
        'Keep it now: only its hash is stored. Applications send it as their API key (Authorization: Bearer …).',
      )
    })
}

function listCommand(): Command {
  return new Command('list')
    .description('Every token with who made it and when it was last used; never the token itself')
    .option('--json', 'print one JSON document')
    .addHelpText('after', '\nExample:\n  $ npx incumbent token list')
    .action(async (options: { json?: boolean }, command: Command) => {
      const { listApiTokens } = await import('../workflows/api-tokens.ts')
      const tokens = await inTokens(command, listApiTokens)
      if (options.json) {
        return printJson(
          tokens.map((token) => ({
            ...token,
            lastUsedAt: token.lastUsedAt ?? null,
            revokedAt: token.revokedAt ?? null,
          })),
        )
      }
      if (tokens.length === 0) return printLine('No token: the service answers this machine only, and needs none.')
      const columns = ['token', 'made by', 'made', 'last used', 'state'].map((title) => ({ title }))
      const rows = tokens.map(({ name, createdBy, createdAt, lastUsedAt, revokedAt }) => [
        name,
        createdBy,
        minute(createdAt),
        lastUsedAt === undefined ? 'never' : minute(lastUsedAt),
        revokedAt === undefined ? 'holds' : `revoked ${minute(revokedAt)}`,
      ])
      printLine(textTable(columns, rows))
    })
}

function revokeCommand(): Command {
  return new Command('revoke')
    .description('Makes a token worthless; a running service refuses it within two seconds')
    .argument('<name>', 'as token list shows it')
    .addHelpText('after', '\nExample:\n  $ npx incumbent token revoke shop')
    .action(async (name: string, _options: unknown, command: Command) => {
      const { revokeApiToken } = await import('../workflows/api-tokens.ts')
      await inTokens(command, (workspace) => revokeApiToken(workspace, name))
      printLine(`${name} is revoked.`)
    })
}

async function inTokens<T>(
  command: Command,
  work: (workspace: import('../workflows/workspace.ts').Workspace) => Promise<T>,
): Promise<T> {
  const [{ inWorkspace }, { systemClock }] = await Promise.all([
    import('../workflows/workspace.ts'),
    import('../shared/clock.ts'),
  ])
  return inWorkspace(configured(command), systemClock, work)
}

/** As people write it, `2026-11-22 01:00`, in UTC. */
function minute(time: Date): string {
  return time.toISOString().slice(0, 16).replace('T', ' ')
}

function tokenName(text: string): string {
  if (/^[\p{L}\p{N}][\p{L}\p{N} ._@-]{0,99}$/u.test(text)) return text
  throw new InvalidArgumentError('expected at most 100 letters, digits, spaces and . _ @ - as a name.')
}
