import { mkdtempSync } from 'node:fs'
import { join } from 'node:path'
import type { Databases } from './databases.ts'
import { type LoopbackChild, startLoopbackChild } from './loopback-child.ts'
import type { Place } from './measured-process.ts'
import { callsOf, type Workload, writeAnswers, writeWorkload } from './workload.ts'

/** All that a benchmark needs: a folder, databases, and how often to measure the same. */
export interface Stage {
  folder: string
  databases: readonly Databases[]
  runs: number
}

/** One whole command that asks a workload; to be completed by options. */
export const runArguments = ['run', '--dataset', 'v0', '--json']

/** Sets up a server and a new database for a workload, carries out `work`, and stops the server. */
export async function onStage<T>(
  { folder }: Stage,
  databases: Databases,
  workload: Workload,
  latencyMs: number,
  work: (place: Place, server: LoopbackChild) => Promise<T>,
): Promise<T> {
  const own = mkdtempSync(join(folder, 'run-'))
  const answers = join(own, 'answers.json')
  writeAnswers(answers)
  const server = await startLoopbackChild(workload.protocol, answers)
  try {
    await server.setLatency(latencyMs)
    writeWorkload(own, workload, server.url)
    const environment = { BENCH_KEY: 'loopback', ...(await databases.create()) }
    const result = await work({ folder: own, environment }, server)
    const [calls, planned] = [await server.calls(), callsOf(workload)]
    if (calls < planned) throw new Error(`${planned} calls were planned and ${calls} made: nothing was measured.`)
    return result
  } finally {
    await server.close()
  }
}

/** Carries out the same several times, one after another. */
export async function repeated<T>(times: number, work: () => Promise<T>): Promise<T[]> {
  const results: T[] = []
  for (let run = 0; run < times; run += 1) results.push(await work())
  return results
}
