import type { Databases } from './databases.ts'
import { type Figure, figure } from './figure.ts'
import type { LoopbackChild } from './loopback-child.ts'
import { type MemorySample, measureCommand, type Place, type Usage } from './measured-process.ts'
import { onStage, repeated, runArguments, type Stage } from './stage.ts'
import { callsOf, type Workload } from './workload.ts'

const workload: Workload = { protocol: 'openai', models: 4, samples: 625, repeats: 4, concurrency: 32 }
const calls = callsOf(workload)
const megabyte = 1_000_000

const limits = {
  embedded: { callsPerSecond: 500, peakMb: 700 },
  server: { callsPerSecond: 1000, peakMb: 250 },
}

/** When how many calls had been made, by the server's count. */
interface Progress {
  atMs: number
  calls: number
}

interface Measured extends Usage {
  progress: Progress[]
}

/** 10,000 calls that are answered at once: what the program itself takes, in time and in memory. */
export async function benchmarkThroughput(stage: Stage): Promise<Figure[]> {
  const figures: Figure[] = []
  for (const databases of stage.databases) {
    const measured = await repeated(stage.runs, () => measure(stage, databases, workload))
    const collected = await measureKept(stage, databases)
    figures.push(...figuresOf(databases.kind, measured, collected))
  }
  const [databases] = stage.databases
  if (databases === undefined) return figures
  for (const protocol of ['gemini', 'ollama'] as const) {
    const measured = await measure(stage, databases, { ...workload, protocol, models: 1, repeats: 16 })
    figures.push(processorTime(`${databases.kind}, ${protocol}`, [measured]))
  }
  return figures
}

function figuresOf(kind: Databases['kind'], measured: readonly Measured[], collected: Measured): Figure[] {
  const { callsPerSecond, peakMb } = limits[kind]
  const about = { what: '10,000 calls of 0 ms, 32 at a time', where: `${kind}, openai` }
  return [
    figure({
      ...about,
      unit: 'calls/s',
      runs: measured.map(({ wallMs }) => (calls * 1000) / wallMs),
      limit: { atLeast: callsPerSecond },
      peer: 92,
    }),
    processorTime(about.where, measured),
    figure({
      ...about,
      what: 'peak of resident memory',
      unit: 'MB',
      runs: measured.map(({ peakRssBytes }) => peakRssBytes / megabyte),
      limit: { atMost: peakMb },
      peer: 818,
    }),
    growth('heap kept, last thousand calls', about.where, [collected], ({ heapBytes }) => heapBytes),
    growth('resident memory, last thousand calls', about.where, measured, ({ rssBytes }) => rssBytes),
  ]
}

function processorTime(where: string, measured: readonly Usage[]): Figure {
  const runs = measured.map(({ cpuMs }) => cpuMs / calls)
  return figure({ what: 'processor time per call', where, unit: 'ms', runs, limit: { atMost: 2 }, peer: 11 })
}

function growth(
  what: string,
  where: string,
  measured: readonly Measured[],
  bytesOf: (sample: MemorySample) => number,
): Figure {
  const runs = measured.map((run) => leastDuring(run, calls - 1000, bytesOf) / leastDuring(run, 1000, bytesOf))
  return figure({ what, where, unit: '× first', runs, limit: { atMost: 1 }, peer: undefined })
}

/** The least during a thousand calls from some number on: those after the first thousand, or the last; the most is chance. */
function leastDuring({ memory, progress }: Measured, from: number, bytesOf: (sample: MemorySample) => number): number {
  const startMs = progress.find(({ calls }) => calls > from)?.atMs ?? 0
  const endMs = progress.findLast(({ calls: made }) => made < Math.min(from + 1000, calls))?.atMs ?? 0
  return Math.min(...memory.filter(({ atMs }) => atMs >= startMs && atMs <= endMs).map(bytesOf))
}

function measure(stage: Stage, databases: Databases, workload: Workload): Promise<Measured> {
  return onStage(stage, databases, workload, 0, (place, server) => measureWatched(server, place, ...runArguments))
}

/** With the garbage collected. Its pauses make calls slow by chance, for which racing must drop nobody. */
function measureKept(stage: Stage, databases: Databases): Promise<Measured> {
  return onStage(stage, databases, workload, 0, ({ folder, environment }, server) => {
    const place = { folder, environment: { ...environment, BENCH_COLLECT: 'yes' } }
    return measureWatched(server, place, ...runArguments, '--no-racing')
  })
}

async function measureWatched(server: LoopbackChild, place: Place, ...argv: string[]): Promise<Measured> {
  const watch = watched(server)
  try {
    return { ...(await measureCommand(place, ...argv)), progress: watch.progress }
  } finally {
    watch.stop()
  }
}

function watched(server: LoopbackChild): { progress: Progress[]; stop: () => void } {
  const progress: Progress[] = []
  const note = async () => {
    const calls = await server.calls()
    progress.push({ atMs: Date.now(), calls })
  }
  // The server may be gone when the last one is asked for.
  const timer = setInterval(() => void note().catch(() => undefined), 50)
  return { progress, stop: () => clearInterval(timer) }
}
