import type { Databases } from './databases.ts'
import { type Figure, figure } from './figure.ts'
import { timeCommand } from './measured-process.ts'
import { whileServing } from './service.ts'
import { onStage, repeated, runArguments, type Stage } from './stage.ts'
import { callsOf, type Workload } from './workload.ts'

const latencyMs = 200
const cases = [
  { concurrency: 8, atMost: 1.15, peer: 1.73 },
  { concurrency: 32, atMost: 1.4, peer: 3.7 },
]
/** A local server holds one model at a time; the models of a remote provider are asked side by side. */
const workloads: Omit<Workload, 'concurrency'>[] = [
  { protocol: 'openai', models: 1, samples: 100, repeats: 4 },
  { protocol: 'gemini', models: 4, samples: 100, repeats: 1 },
]

/** `service`: a service has the embedded database and carries the command out. */
type Carrier = 'command' | 'service'

/** How much longer 400 calls take than calls × latency ÷ concurrency: start, database, verdict and report included. */
export async function benchmarkWallTime(stage: Stage): Promise<Figure[]> {
  const figures: Figure[] = []
  for (const databases of stage.databases) {
    for (const workload of workloads) figures.push(...(await measured(stage, databases, workload, 'command')))
  }
  for (const databases of stage.databases.filter(({ kind }) => kind === 'embedded')) {
    for (const workload of workloads) figures.push(...(await measured(stage, databases, workload, 'service')))
  }
  return figures
}

async function measured(
  stage: Stage,
  databases: Databases,
  workload: Omit<Workload, 'concurrency'>,
  carrier: Carrier,
): Promise<Figure[]> {
  const figures: Figure[] = []
  const where = `${databases.kind}, ${workload.protocol}${carrier === 'service' ? ', in the service' : ''}`
  for (const { concurrency, atMost, peer } of cases) {
    const runs = await repeated(stage.runs, () => overIdeal(stage, databases, { ...workload, concurrency }, carrier))
    const what = `400 calls of 200 ms, ${concurrency} at a time`
    figures.push(figure({ what, where, unit: '× ideal', runs, limit: { atMost }, peer }))
  }
  return figures
}

function overIdeal(stage: Stage, databases: Databases, workload: Workload, carrier: Carrier): Promise<number> {
  const idealMs = (callsOf(workload) * latencyMs) / workload.concurrency
  return onStage(stage, databases, workload, latencyMs, async (place) => {
    // Without accounting, whose hook takes its time before the program starts.
    const time = () => timeCommand(place, ...runArguments)
    return (await (carrier === 'service' ? whileServing(place, time) : time())) / idealMs
  })
}
