import { Command, CommanderError } from 'commander'
import { caller } from '../shared/caller.ts'
import { packageVersion } from '../shared/package-root.ts'
import { UserError } from '../shared/user-error.ts'
import { WorkFailed } from '../shared/work-failed.ts'
import { hereOrInService } from './here-or-in-service.ts'
import { Interrupted } from './interruptible.ts'
import { printNote } from './print.ts'

/** Each command is loaded when it is named, so that a short one starts quickly. */
const commands: Record<string, () => Promise<Command>> = {
  init: async () => (await import('./init.ts')).initCommand(),
  run: async () => (await import('./run.ts')).runCommand(),
  resume: async () => (await import('./resume.ts')).resumeCommand(),
  rollouts: async () => (await import('./rollouts.ts')).rolloutsCommand(),
  approve: async () => (await import('./judge.ts')).judgeCommand('approve'),
  reject: async () => (await import('./judge.ts')).judgeCommand('reject'),
  pause: async () => (await import('./judge.ts')).judgeCommand('pause'),
  abort: async () => (await import('./judge.ts')).judgeCommand('abort'),
  assign: async () => (await import('./assign.ts')).assignCommand(),
  rollback: async () => (await import('./rollback.ts')).rollbackCommand(),
  pin: async () => (await import('./pin.ts')).pinCommand(),
  unpin: async () => (await import('./unpin.ts')).unpinCommand(),
  ab: async () => (await import('./ab.ts')).abCommand(),
  status: async () => (await import('./status.ts')).statusCommand(),
  recommend: async () => (await import('./recommend.ts')).recommendCommand(),
  explain: async () => (await import('./explain.ts')).explainCommand(),
  report: async () => (await import('./report.ts')).reportCommand(),
  cost: async () => (await import('./cost.ts')).costCommand(),
  export: async () => (await import('./export.ts')).exportCommand(),
  models: async () => (await import('./models.ts')).modelsCommand(),
  datasets: async () => (await import('./datasets.ts')).datasetsCommand(),
  token: async () => (await import('./token.ts')).tokenCommand(),
  serve: async () => (await import('./serve.ts')).serveCommand(),
  notify: async () => (await import('./notify.ts')).notifyCommand(),
  demo: async () => (await import('./demo.ts')).demoCommand(),
  doctor: async () => (await import('./doctor.ts')).doctorCommand(),
  db: async () => (await import('./db.ts')).dbCommand(),
}

/**
 * Runs one command.
 * @param argv what follows `incumbent` on the command line
 * @returns the exit code: 0 done, 1 the work failed, 2 wrong use or configuration, 130 interrupted
 */
export async function runProgram(argv: readonly string[]): Promise<number> {
  const carry = () => parsed(argv)
  try {
    return namedCommand(argv) === 'serve' ? await carry() : await hereOrInService(argv, carry)
  } catch (error) {
    return reported(error)
  }
}

async function parsed(argv: readonly string[]): Promise<number> {
  const program = await programFor(argv)
  await program.parseAsync([...argv], { from: 'user' })
  return 0
}

async function programFor(argv: readonly string[]): Promise<Command> {
  const program = new Command('incumbent')
    .description('Keeps every tier of an LLM application on the best model it can run, and proves it.')
    .version(packageVersion())
    .option('-c, --config <file>', 'configuration file (default: incumbent.yaml, where it exists)')
    .addHelpText('after', '\nExample:\n  $ npx incumbent run')
  for (const load of loadersFor(argv)) program.addCommand(await load())
  throwInsteadOfExiting(program)
  return program
}

/** The command that is named; all of them for the help and for words that name none; none for the version. */
function loadersFor(argv: readonly string[]): (() => Promise<Command>)[] {
  const named = namedCommand(argv)
  if (named !== undefined) return Object.entries(commands).flatMap(([name, load]) => (name === named ? [load] : []))
  return argv.includes('--version') || argv.includes('-V') ? [] : Object.values(commands)
}

function namedCommand(argv: readonly string[]): string | undefined {
  return argv.find((argument) => Object.hasOwn(commands, argument))
}

function throwInsteadOfExiting(command: Command): void {
  const { stdout, stderr } = caller()
  command.configureOutput({ writeOut: (text) => stdout.write(text), writeErr: (text) => stderr.write(text) })
  command.exitOverride().showHelpAfterError('(--help shows what is possible)')
  for (const inner of command.commands) throwInsteadOfExiting(inner)
}

function reported(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2
  if (error instanceof UserError || error instanceof WorkFailed) {
    printNote(error.message)
    if (error instanceof Interrupted) return 130
    return error instanceof UserError ? 2 : 1
  }
  printNote(error instanceof Error ? (error.stack ?? error.message) : String(error))
  printNote('This is a defect of incumbent, not of your use of it.')
  return 1
}
