import { availableParallelism } from 'node:os'
import { parseArgs } from 'node:util'
import { printJson, printLine, printNote } from '../src/commands/print.ts'
import { acceptanceTable } from './simulate/acceptance-table.ts'
import type { MeasuredCheck } from './simulate/measure-check.ts'
import { playOnThreads } from './simulate/play-on-threads.ts'
import { chunksOf, measureAll } from './simulate/simulate.ts'

/**
 * Runs the deciding code over simulated models and prints the acceptance table of decisions.md section 6.4:
 * npm run simulate [-- --json] [--short] [--seed n]. Exits with 1 when a line is outside its limit.
 */
const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    short: { type: 'boolean', default: false },
    seed: { type: 'string', default: '20240501' },
  },
})
const seed = Number(values.seed)
if (!Number.isSafeInteger(seed) || seed < 0) {
  printNote(`--seed: expected a whole number such as 20240501, got "${values.seed}".`)
  process.exit(2)
}
const runs = values.short ? 60 : 2000
const threads = Math.min(2, availableParallelism())

const started = performance.now()
const chunks = chunksOf(runs)
const observations = await playOnThreads(chunks, seed, threads, (done) => {
  if (done % 50 === 0) printNote(`${Math.round((100 * done) / chunks.length)} % of the runs`)
})
const checks = measureAll(observations, values.short)
const seconds = Math.round((performance.now() - started) / 1000)
const failed = checks.filter(({ passed }) => !passed)

if (values.json) printJson({ seed, runs, seconds, passed: failed.length === 0, checks })
else print(checks)
process.exitCode = failed.length === 0 ? 0 : 1

function print(all: readonly MeasuredCheck[]): void {
  printLine(acceptanceTable(all))
  printLine()
  printLine(`${all.length - failed.length} of ${all.length} inside their limits; seed ${seed}, ${seconds} s.`)
  printLine('Naive rule: the highest min-max total of the week takes the seat (rows on switches); accuracy below a')
  printLine('threshold 1 point under the truth (drift); more than 3 % errors in the last 100 requests (rollout).')
}
