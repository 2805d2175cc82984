import { once } from 'node:events'
import { setTimeout as delay } from 'node:timers/promises'
import type { Databases } from './databases.ts'
import { type Figure, figure } from './figure.ts'
import { startQuietly, timeCommand } from './measured-process.ts'
import { onStage, repeated, runArguments, type Stage } from './stage.ts'
import { callsOf, type Workload } from './workload.ts'

/** Gemini's protocol: no calls beside those that count. */
const workload: Workload = { protocol: 'gemini', models: 4, samples: 100, repeats: 1, concurrency: 8 }
const planned = callsOf(workload)

/** Calls that the server has seen after a run was killed in the middle and resumed to its end. */
export async function benchmarkResume(stage: Stage): Promise<Figure[]> {
  const figures: Figure[] = []
  for (const databases of stage.databases) {
    figures.push(
      figure({
        what: `kill -9 and resume: calls for ${planned}`,
        where: `${databases.kind}, four models`,
        unit: 'calls',
        runs: await repeated(stage.runs, () => callsInAll(stage, databases)),
        limit: { atMost: planned + workload.concurrency },
        peer: 1608,
      }),
    )
  }
  return figures
}

function callsInAll(stage: Stage, databases: Databases): Promise<number> {
  return onStage(stage, databases, workload, 100, async (place, server) => {
    const child = startQuietly(place, ...runArguments)
    const ended = once(child, 'close')
    while ((await server.calls()) < planned / 2) await delay(5)
    child.kill('SIGKILL')
    await ended
    await timeCommand(place, 'resume', '--json')
    return server.calls()
  })
}
