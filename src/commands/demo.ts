import { Command, InvalidArgumentError } from 'commander'
import type { DemoListener } from './demo/run-demo.ts'
import { onInterrupt } from './interruptible.ts'
import { wholeNumber } from './options.ts'
import { printJson, printLine, printNote } from './print.ts'

interface DemoOptions {
  serve: boolean
  seed: number
  port: number
  json?: boolean
}

const mostSeed = 40_000_000

export function demoCommand(): Command {
  return new Command('demo')
    .description('Twelve weeks with simulated models, in a database of its own, then the dashboard on it')
    .option('--no-serve', 'end after the weeks')
    .option('--seed <n>', 'another story; the same seed tells the same again', seedNumber, 1)
    .option('--port <number>', 'where the dashboard listens (default: any that is free)', wholeNumber(0), 0)
    .option('--json', 'print the story as one JSON document')
    .addHelpText('after', '\nExamples:\n  $ npx incumbent demo\n  $ npx incumbent demo --no-serve --json')
    .action(async ({ serve, seed, port, json = false }: DemoOptions) => {
      const { runDemo } = await import('./demo/run-demo.ts')
      const stop = new AbortController()
      const release = onInterrupt(() => stop.abort())
      try {
        await runDemo({ seed, port: serve ? port : undefined }, json ? jsonListener : textListener, stop.signal)
      } finally {
        release()
      }
    })
}

const textListener: DemoListener = {
  progress: printNote,
  story: (_story, text) => printLine(`\n${text}`),
  opened: (url) => printLine(`\nThe dashboard: ${url}\nCtrl-C ends the demo, and nothing of it is left.`),
}

const jsonListener: DemoListener = {
  progress: printNote,
  story: printJson,
  opened: (url) => printNote(`The dashboard: ${url}`),
}

function seedNumber(text: string): number {
  const seed = wholeNumber(1)(text)
  if (seed > mostSeed) throw new InvalidArgumentError(`expected a whole number of at most ${mostSeed}, got "${text}".`)
  return seed
}
