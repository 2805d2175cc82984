import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process'
import { resolve } from 'node:path'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { pathToFileURL } from 'node:url'

/** Where a command runs: its folder with `incumbent.yaml`, and its database. */
export interface Place {
  folder: string
  environment: Record<string, string>
}

export interface MemorySample {
  atMs: number
  rssBytes: number
  heapBytes: number
}

/** The whole of a process, from its start to its end, by the operating system's accounting. */
export interface Usage {
  wallMs: number
  cpuMs: number
  peakRssBytes: number
  memory: MemorySample[]
}

const entry = resolve(import.meta.dirname, '../bin/incumbent.js')
const hook = pathToFileURL(resolve(import.meta.dirname, 'report-usage.js')).href

/** A process that is being measured. */
export interface MeasuredProcess {
  child: ChildProcess
  /** So far. */
  memory: readonly MemorySample[]
  /** @throws when it ended with an error */
  ended: Promise<Usage>
}

export function startMeasured(place: Place, ...argv: string[]): MeasuredProcess {
  const startedMs = performance.now()
  const child = startCommand(place, ['--import', hook], ['ignore', 'pipe', 'pipe', 'pipe'], argv)
  const memory: MemorySample[] = []
  let end = { cpuMs: Number.NaN, peakRssBytes: Number.NaN }
  createInterface({ input: child.stdio[3] as Readable }).on('line', (line) => {
    const report = JSON.parse(line) as MemorySample | typeof end
    if ('atMs' in report) memory.push(report)
    else end = report
  })
  const ended = untilDone(child, argv).then(() => ({ wallMs: performance.now() - startedMs, ...end, memory }))
  return { child, memory, ended }
}

/** Runs a command to its end and measures it. */
export async function measureCommand(place: Place, ...argv: string[]): Promise<Usage> {
  const { child, ended } = startMeasured(place, ...argv)
  child.stdout?.resume()
  return ended
}

/** Runs a command as a person would, and returns how long it took in milliseconds. */
export async function timeCommand(place: Place, ...argv: string[]): Promise<number> {
  const startedMs = performance.now()
  await untilDone(startQuietly(place, ...argv), argv)
  return performance.now() - startedMs
}

/** What a command prints. */
export async function outputOf(place: Place, ...argv: string[]): Promise<string> {
  const child = startCommand(place, [], ['ignore', 'pipe', 'pipe'], argv)
  let output = ''
  child.stdout?.on('data', (chunk) => {
    output += String(chunk)
  })
  await untilDone(child, argv)
  return output
}

export function startQuietly(place: Place, ...argv: string[]): ChildProcess {
  return startCommand(place, [], ['ignore', 'ignore', 'pipe'], argv)
}

export async function untilDone(child: ChildProcess, argv: readonly string[]): Promise<void> {
  let errors = ''
  child.stderr?.on('data', (chunk) => {
    errors = (errors + String(chunk)).slice(-2000)
  })
  const code = await new Promise((done, failed) => child.on('error', failed).on('close', done))
  if (code !== 0) throw new Error(`incumbent ${argv.join(' ')} ended with ${String(code)}: ${errors}`)
}

function startCommand(
  { folder, environment }: Place,
  options: readonly string[],
  stdio: NonNullable<SpawnOptions['stdio']>,
  argv: readonly string[],
): ChildProcess {
  const { PATH } = process.env
  const env = { PATH, TZ: 'UTC', OLLAMA_HOST: '127.0.0.1:9', ...environment }
  return spawn(process.execPath, [...options, entry, ...argv], { cwd: folder, env, stdio })
}
