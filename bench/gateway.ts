import type { Databases } from './databases.ts'
import { type Figure, figure } from './figure.ts'
import type { Driven } from './gateway-client.ts'
import { measureGatewayMemory } from './gateway-memory.ts'
import { measureRollback } from './gateway-rollback.ts'
import { type GatewayStage, onGatewayStage } from './gateway-stage.ts'
import { repeated, type Stage } from './stage.ts'

/** What the gateway adds to a model server that answers at once; how long it takes until it follows a rollback. */
export async function benchmarkGateway(stage: Stage): Promise<Figure[]> {
  const figures: Figure[] = []
  for (const databases of stage.databases) {
    figures.push(...(await measureAdded(stage, databases, undefined)))
    figures.push(...(await measureAdded(stage, databases, 0.2)))
    figures.push(...(await measureGatewayMemory(stage, databases, undefined)))
    figures.push(...(await measureGatewayMemory(stage, databases, 0.2)))
    figures.push(await measureRollback(stage, databases))
  }
  return figures
}

/** The aims are for a PostgreSQL server; the embedded database computes in the same thread, and may take twice as much. */
const leeway = { server: 1, embedded: 2 }

/** Milliseconds; the peer is the best-known gateway on Node.js, measured where there were two processors as well. */
const cases = [
  { concurrency: 1, requests: 3_000, p50: { most: 0.5, peer: 1.2 }, p99: { most: 3, peer: 8.7 } },
  { concurrency: 8, requests: 12_000, p50: { most: 3, peer: undefined }, p99: { most: 15, peer: undefined } },
  { concurrency: 32, requests: 20_000, p50: { most: 10, peer: undefined }, p99: { most: 40, peer: undefined } },
]

/** The best-known gateway reaches 4 to 6 % of what its client drives directly. */
const share = { least: 25, peer: 6 }

async function measureAdded(stage: Stage, databases: Databases, shadowShare: number | undefined): Promise<Figure[]> {
  const where = `${databases.kind}${shadowShare === undefined ? '' : `, ${100 * shadowShare} % copied`}`
  const options = shadowShare === undefined ? {} : { shadowShare }
  return onGatewayStage(stage, databases, options, async (gateway) => {
    const figures: Figure[] = []
    for (const { concurrency, requests, p50, p99 } of cases) {
      const runs = await repeated(stage.runs, () => comparison(gateway, requests, concurrency))
      const about = { where, unit: 'ms' as const }
      const limitOf = ({ most }: { most: number }) => ({ atMost: most * leeway[databases.kind] })
      const added = (quantile: number) =>
        runs.map(({ direct, through }) => at(through.latenciesMs, quantile) - at(direct.latenciesMs, quantile))
      const what = (name: string) => `added latency, ${name}, ${concurrency} at a time`
      figures.push(figure({ ...about, what: what('median'), runs: added(0.5), limit: limitOf(p50), peer: p50.peer }))
      figures.push(figure({ ...about, what: what('99 %'), runs: added(0.99), limit: limitOf(p99), peer: p99.peer }))
      if (concurrency < 32) continue
      const rates = runs.map(({ direct, through }) => (100 * direct.wallMs) / through.wallMs)
      const limit = { atLeast: share.least / leeway[databases.kind] }
      const { peer } = share
      figures.push(figure({ what: 'requests a second, of direct ones', where, unit: '%', runs: rates, limit, peer }))
    }
    return figures
  })
}

/** In turns, so that what else the machine does disturbs both. */
async function comparison({ direct, gateway }: GatewayStage, requests: number, concurrency: number) {
  const turns = 10
  const all: { direct: Driven[]; through: Driven[] } = { direct: [], through: [] }
  for (let turn = 0; turn < turns; turn += 1) {
    all.direct.push(await direct.drive(requests / turns, concurrency))
    all.through.push(await gateway.drive(requests / turns, concurrency))
  }
  return { direct: together(all.direct), through: together(all.through) }
}

function together(turns: readonly Driven[]): Driven {
  return {
    latenciesMs: turns.flatMap(({ latenciesMs }) => latenciesMs),
    wallMs: turns.reduce((sum, { wallMs }) => sum + wallMs, 0),
  }
}

function at(latenciesMs: readonly number[], quantile: number): number {
  return latenciesMs.toSorted((one, other) => one - other)[Math.floor(quantile * latenciesMs.length)] ?? Number.NaN
}
