import type { Databases } from './databases.ts'
import { type Figure, figure } from './figure.ts'
import { type GatewayStage, onGatewayStage } from './gateway-stage.ts'
import type { MemorySample } from './measured-process.ts'
import type { Stage } from './stage.ts'

const requests = 100_000
const megabyte = 1_000_000
const mostMb = { embedded: 700, server: 250 }

/** Memory of the service over 100,000 requests: what it takes at most, and whether what it keeps grows. */
export async function measureGatewayMemory(
  stage: Stage,
  databases: Databases,
  shadowShare: number | undefined,
): Promise<Figure[]> {
  const where = `${databases.kind}${shadowShare === undefined ? '' : `, ${100 * shadowShare} % copied`}`
  const options = { collects: true, ...(shadowShare === undefined ? {} : { shadowShare }) }
  const { first, last, memory } = await onGatewayStage(stage, databases, options, driven)
  const resident = Math.max(...memory.map(({ rssBytes }) => rssBytes))
  const kept = (from: number, until: number) =>
    Math.min(...memory.filter(({ atMs }) => atMs >= from && atMs <= until).map(({ heapBytes }) => heapBytes))
  return [
    figure({
      what: 'resident memory, 100,000 requests',
      where,
      unit: 'MB',
      runs: [resident / megabyte],
      limit: { atMost: mostMb[databases.kind] },
      peer: 220,
    }),
    figure({
      what: 'heap kept, last fifth of 100,000 requests',
      where,
      unit: '× first',
      runs: [kept(...last) / kept(...first)],
      limit: { atMost: 1.05 },
      peer: undefined,
    }),
  ]
}

async function driven({ gateway, service }: GatewayStage) {
  const fifths: [number, number][] = []
  for (let fifth = 0; fifth < 5; fifth += 1) {
    const from = Date.now()
    await gateway.drive(requests / 5, 32)
    fifths.push([from, Date.now()])
  }
  const memory: readonly MemorySample[] = [...service.memory]
  return { first: fifths[1] ?? [0, 0], last: fifths[4] ?? [0, 0], memory }
}
