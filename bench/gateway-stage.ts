import { mkdtempSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { loadConfig } from '../src/config/config.ts'
import { insertRollout } from '../src/database/rollout-queries.ts'
import { systemClock } from '../src/shared/clock.ts'
import { openWorkspace } from '../src/workflows/workspace.ts'
import { type Child, startChild } from '../test/support/child-process.ts'
import { exampleRollout, openedEvent, shadowState } from '../test/support/example-rollout.ts'
import type { Databases } from './databases.ts'
import { type GatewayClient, gatewayClient } from './gateway-client.ts'
import type { MeasuredProcess, Place } from './measured-process.ts'
import { whileServing } from './service.ts'
import type { Stage } from './stage.ts'

/** The service before a model server that answers at once, each in a process of its own. */
export interface GatewayStage {
  place: Place
  service: MeasuredProcess
  /** The same client, to the gateway and to the model server itself. */
  gateway: GatewayClient
  direct: GatewayClient
}

interface GatewayOptions {
  /** Share of the requests that is copied to a challenger in the shadow. */
  shadowShare?: number
  /** Whether the garbage is collected before each look at the memory. */
  collects?: boolean
}

export async function onGatewayStage<T>(
  { folder }: Stage,
  databases: Databases,
  { shadowShare, collects = false }: GatewayOptions,
  work: (stage: GatewayStage) => Promise<T>,
): Promise<T> {
  const own = mkdtempSync(join(folder, 'gateway-'))
  const server = startChild(join(import.meta.dirname, 'gateway-model-server.ts'), [])
  const url = await server.line('http://')
  writeFileSync(join(own, 'incumbent.yaml'), configuration(url, shadowShare))
  const database = await databases.create()
  const place = { folder: own, environment: { ...database, ...(collects ? { BENCH_COLLECT: 'yes' } : {}) } }
  if (shadowShare !== undefined) await openShadow(own, database)
  try {
    return await withService(place, url, work)
  } finally {
    await end(server)
  }
}

function withService<T>(place: Place, url: string, work: (stage: GatewayStage) => Promise<T>): Promise<T> {
  return whileServing(place, async (service, base) => {
    const [gateway, direct] = [gatewayClient(`${base}/v1`), gatewayClient(url)]
    try {
      await Promise.all([gateway.drive(2000, 32), direct.drive(2000, 32)])
      return await work({ place, service, gateway, direct })
    } finally {
      await Promise.all([gateway.close(), direct.close()])
    }
  })
}

async function end(server: Child): Promise<void> {
  await server.kill('SIGTERM')
}

function configuration(url: string, shadowShare = 1): string {
  return `baselines: []
providers: { zero: { kind: openai, baseUrl: '${url}', concurrency: 128 } }
models: [{ name: first, provider: zero }, { name: second, provider: zero }]
tiers:
  1:
    candidates: [first, second]
    initial: first
    fallbacks: [first, second]
    rollout: { shadow: { share: ${shadowShare} } }
  2: none
  3: none
`
}

/** A challenger that stays in the shadow for a day at least. */
async function openShadow(cwd: string, environment: Record<string, string>): Promise<void> {
  const config = loadConfig({ cwd, environment })
  const { database } = await openWorkspace(config, systemClock, () => undefined)
  const now = systemClock.now()
  const until = new Date(now.getTime() + 86_400_000)
  const rollout = exampleRollout({
    incumbent: 'first',
    challenger: 'second',
    state: shadowState({ since: now, countsSince: now, until }),
    createdAt: now,
    settings: config.tiers[0]?.rollout ?? exampleRollout().settings,
    baseline: undefined,
  })
  await insertRollout(database.db, rollout, openedEvent)
  await database.close()
}
