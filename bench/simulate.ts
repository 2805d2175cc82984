import { availableParallelism } from 'node:os'
import { parseArgs } from 'node:util'
import { printJson, printLine, printNote } from '../src/commands/print.ts'
import { acceptanceTable } from './simulate/acceptance-table.ts'
import type { MeasuredCheck } from './simulate/measure-check.ts'
import { playOnThreads } from './simulate/play-on-threads.ts'
import { chunksOf, measureAll } from './simulate/simulate.ts'

/**
 * Runs the deciding code over simulated models and prints the acceptance table of decisions.md section 6.4. Exits with 1
 * when a line is outside its limit, with 2 for wrong use.
 */
const usage = 'npm run simulate [-- --json] [--short] [--seed 20240501]'

const { json, short, seed } = readOptions()
const runs = short ? 60 : 2000
const threads = Math.min(2, availableParallelism())

const started = performance.now()
const chunks = chunksOf(runs)
const observations = await playOnThreads(chunks, seed, threads, (done) => {
  if (done % 50 === 0) printNote(`${Math.round((100 * done) / chunks.length)} % of the runs`)
})
const checks = measureAll(observations, short)
const seconds = Math.round((performance.now() - started) / 1000)
const failed = checks.filter(({ passed }) => !passed)

if (json) printJson({ seed, runs, seconds, passed: failed.length === 0, checks })
else print(checks)
process.exitCode = failed.length === 0 ? 0 : 1

function print(all: readonly MeasuredCheck[]): void {
  printLine(acceptanceTable(all))
  printLine()
  printLine(`${all.length - failed.length} of ${all.length} inside their limits; seed ${seed}, ${seconds} s.`)
  printLine(
    'Naive rule, on the same draws: the highest min-max total of the first week takes the seat; accuracy below a',
  )
  printLine('threshold 1 point under the truth (drift); more than 3 % errors in the last 100 requests (rollout).')
}

function readOptions(): { json: boolean; short: boolean; seed: number } {
  try {
    const { values } = parseArgs({
      options: {
        json: { type: 'boolean', default: false },
        short: { type: 'boolean', default: false },
        seed: { type: 'string', default: '20240501' },
      },
    })
    if (/^\d{1,9}$/.test(values.seed)) return { ...values, seed: Number(values.seed) }
    printNote(`--seed: expected a whole number of at most nine digits, got "${values.seed}".`)
  } catch (error) {
    printNote(error instanceof Error ? error.message : String(error))
  }
  printNote(`Usage: ${usage}`)
  process.exit(2)
}
