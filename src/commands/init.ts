import { existsSync, writeFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { Command } from 'commander'
import { defaultTiers } from '../config/default-tiers.ts'
import { readEnvironment } from '../config/environment.ts'
import { configFileName } from '../config/find-config-file.ts'
import { renderInitFile } from '../config/render-init-file.ts'
import { nearestModels } from '../providers/nearest-models.ts'
import { caller } from '../shared/caller.ts'
import { packageRoot } from '../shared/package-root.ts'
import { UserError } from '../shared/user-error.ts'
import { isListeningHere, type LookingAround, lookAround, type Surroundings } from './look-around.ts'
import { printLine } from './print.ts'

export interface InitOptions extends LookingAround {
  cwd: string
  /** Where to write, relative to `cwd`. Default: incumbent.yaml. */
  file?: string | undefined
  /** Overwrites a file that is there. */
  force: boolean
  /** Prints one JSON document instead of lines for people. */
  json: boolean
  print: (text: string) => void
}

export function initCommand(): Command {
  return new Command('init')
    .description('writes a commented incumbent.yaml for what it finds here (keys, Ollama, PostgreSQL)')
    .option('--force', 'overwrites the file where there is one')
    .option('--json', 'prints one JSON document')
    .addHelpText('after', '\nExample:\n  $ npx incumbent init')
    .action(async (_options, command: Command) => {
      const {
        config,
        force = false,
        json = false,
      } = command.optsWithGlobals<{ config?: string; force?: true; json?: true }>()
      const { cwd } = caller()
      const environment = readEnvironment(cwd)
      const around = { environment, fetch, isListening: isListeningHere, listGemini }
      await runInit({ cwd, ...around, file: config, force, json, print: printLine })
    })
}

/**
 * Looks around, writes the file and says what it found and what to do next.
 * @throws UserError when there is a file already and `force` is false, or the file cannot be written
 */
export async function runInit(options: InitOptions): Promise<void> {
  const path = resolve(options.cwd, options.file ?? configFileName)
  if (!options.force && existsSync(path)) throw alreadyThere(path)
  const found = await lookAround(options)
  write(path, fileFor(found, path), options.force)
  const shown = relative(options.cwd, path) || path
  options.print(
    options.json
      ? JSON.stringify(
          { file: path, ...found, geminiModels: found.geminiModels ?? null, ollama: found.ollama ?? null },
          undefined,
          2,
        )
      : told(found, shown),
  )
}

function fileFor({ hasGeminiKey, ollama, postgres }: Surroundings, path: string): string {
  return renderInitFile({
    hasGeminiKey,
    hasDatabaseUrl: postgres === 'url',
    ollamaUrl: ollama?.baseUrl,
    ollamaModels: ollama?.chatModels ?? [],
    schemaPath: schemaPathFrom(dirname(path)),
  })
}

/** An editor finds the schema only where the package lies below the file, as in a checkout or in node_modules. */
function schemaPathFrom(folder: string): string | undefined {
  const path = relative(folder, join(packageRoot(), 'docs', 'incumbent.schema.json'))
  return path.startsWith('..') ? undefined : path.replaceAll('\\', '/')
}

function write(path: string, text: string, force: boolean): void {
  try {
    writeFileSync(path, text, { flag: force ? 'w' : 'wx' })
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    if (code === 'EEXIST') throw alreadyThere(path)
    throw new UserError(`Expected to write ${path}, but it cannot be written: ${String(error)}.`)
  }
}

function alreadyThere(path: string): UserError {
  return new UserError(`${path} is there already and is left as it is. To write it anew: npx incumbent init --force`)
}

function told(found: Surroundings, file: string): string {
  return [
    ...[gemini(found), ollama(found), postgres(found)].map((line) => `  ${line}`),
    '',
    `Wrote ${file}.`,
    'Next: npx incumbent run',
  ].join('\n')
}

function gemini({ hasGeminiKey, geminiModels }: Surroundings): string {
  if (!hasGeminiKey) return 'Gemini      no GEMINI_API_KEY: set it in .env to compare the models of Gemini'
  const candidates = [...new Set(Object.values(defaultTiers).flatMap((tier) => tier.candidates))]
  const gone = geminiModels === undefined ? [] : candidates.filter((name) => !geminiModels.includes(name))
  if (gone.length === 0) return 'Gemini      GEMINI_API_KEY is set'
  const listed = (geminiModels ?? []).map((id) => ({ id, contextTokens: undefined, description: undefined }))
  const commands = nearestModels(gone, listed, 3).map(
    ({ id }) => `\n                npx incumbent models add ${id} --provider gemini --tier 1,2,3`,
  )
  const instead = commands.length === 0 ? '' : `; nearest to them:${commands.join('')}`
  return `Gemini      GEMINI_API_KEY is set; it does not name ${gone.join(', ')} any more${instead}`
}

/** Asks Gemini itself; a key that does not work shows in the run, with what to do. */
async function listGemini(apiKey: string): Promise<string[] | undefined> {
  const [{ createGeminiProvider }, { checkReachable }] = await Promise.all([
    import('../providers/gemini/create-gemini-provider.ts'),
    import('../providers/check-reachable.ts'),
  ])
  const reachable = await checkReachable(createGeminiProvider({ apiKey }), new AbortController().signal)
  return reachable.status === 'reachable' ? reachable.models?.map(({ id }) => id) : undefined
}

function ollama({ ollama: here, hasGeminiKey }: Surroundings): string {
  if (here === undefined) return 'Ollama      none answers; the baselines need none (OLLAMA_HOST names another machine)'
  const { baseUrl, chatModels } = here
  if (chatModels.length === 0)
    return `Ollama      answers at ${baseUrl}, without a chat model: try "ollama pull qwen3:4b"`
  const role = hasGeminiKey ? 'added to the models' : 'proposed as candidates'
  return `Ollama      answers at ${baseUrl}: ${chatModels.join(', ')}, ${role}`
}

function postgres({ postgres: where }: Surroundings): string {
  if (where === 'url') return 'PostgreSQL  DATABASE_URL is set and is used'
  return where === 'local'
    ? 'PostgreSQL  something listens on port 5432: set DATABASE_URL to use it; until then the embedded database'
    : 'PostgreSQL  no DATABASE_URL: everything is kept in an embedded database in .incumbent/'
}
