import { cpus, loadavg } from 'node:os'
import { parseArgs } from 'node:util'
import { type Databases, embeddedDatabases, serverDatabases } from './databases.ts'
import { type Figure, keepsLimit } from './figure.ts'
import { figureTable } from './figure-table.ts'
import { benchmarkGateway } from './gateway.ts'
import { benchmarkLiveData } from './live-data.ts'
import { benchmarkPages } from './pages.ts'
import { benchmarkResume } from './resume-after-kill.ts'
import type { Stage } from './stage.ts'
import { benchmarkStartUp } from './start-up.ts'
import { benchmarkThroughput } from './throughput.ts'
import { benchmarkWallTime } from './wall-time.ts'
import { makeWorkingFolder } from './workload.ts'

const benchmarks: Record<string, (stage: Stage) => Promise<Figure[]>> = {
  'start-up': benchmarkStartUp,
  'wall-time': benchmarkWallTime,
  throughput: benchmarkThroughput,
  resume: benchmarkResume,
  'live-data': benchmarkLiveData,
  gateway: benchmarkGateway,
  pages: benchmarkPages,
}

const usage = `Measures the program against its limits. Traffic goes to 127.0.0.1 only.
  --only <names>   some of ${Object.keys(benchmarks).join(', ')}
  --runs <n>       measure each n times and take the best (default 2)
  --no-server      leave the PostgreSQL server out
  --json           print one JSON document
`

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    runs: { type: 'string', default: '2' },
    server: { type: 'boolean', default: true },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
  allowNegative: true,
})
/** Of others: what this program adds comes later. */
const loadBefore = loadavg()[0] ?? 0
const wanted = values.only?.split(',') ?? Object.keys(benchmarks)
const isUnknown = wanted.some((name) => !Object.hasOwn(benchmarks, name)) || !(Number(values.runs) >= 1)

if (values.help || isUnknown) {
  process.stderr.write(usage)
  process.exitCode = values.help ? 0 : 2
} else {
  const figures = await measured(wanted, Number(values.runs))
  process.stdout.write(values.json ? `${JSON.stringify(document(figures), undefined, 2)}\n` : `${text(figures)}\n`)
  process.exitCode = figures.every(keepsLimit) ? 0 : 1
}

async function measured(names: readonly string[], runs: number): Promise<Figure[]> {
  const { folder, remove } = makeWorkingFolder()
  const databases: Databases[] = []
  try {
    databases.push(await embeddedDatabases(folder))
    if (values.server) databases.push(await serverDatabases())
    const figures: Figure[] = []
    for (const name of names) {
      process.stderr.write(`${name} …\n`)
      figures.push(...((await benchmarks[name]?.({ folder, databases, runs })) ?? []))
    }
    return figures
  } finally {
    for (const database of databases) await database.close()
    remove()
  }
}

function document(figures: readonly Figure[]): object {
  const machine = { node: process.version, processors: cpus().length, model: cpus()[0]?.model, loadBefore }
  return { machine, figures: figures.map((figure) => ({ ...figure, keepsLimit: keepsLimit(figure) })) }
}

function text(figures: readonly Figure[]): string {
  const missed = figures.filter((figure) => !keepsLimit(figure)).length
  const sum = missed === 0 ? 'All limits are kept.' : `${missed} of ${figures.length} limits are missed.`
  const about = `Best of the runs; ${cpus().length} processors (load before: ${loadBefore.toFixed(1)}), Node.js ${process.version}.`
  return `${figureTable(figures)}\n\n${sum} ${about}`
}
