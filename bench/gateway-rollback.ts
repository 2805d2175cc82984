import { setTimeout as delay } from 'node:timers/promises'
import type { Databases } from './databases.ts'
import { type Figure, figure } from './figure.ts'
import { type GatewayStage, onGatewayStage } from './gateway-stage.ts'
import { outputOf, timeCommand } from './measured-process.ts'
import { repeated, type Stage } from './stage.ts'

/**
 * From the moment of a rollback to the first request that the other model answers. On the embedded database the command is
 * carried by the service itself, on a server by a process of its own.
 */
export function measureRollback(stage: Stage, databases: Databases): Promise<Figure> {
  const isSame = databases.kind === 'embedded'
  return onGatewayStage(stage, databases, {}, async (gateway) => {
    const runs = await repeated(Math.max(3, stage.runs), () => timeToFollow(gateway))
    return figure({
      what: 'from a rollback to the other model',
      where: `${databases.kind}, ${isSame ? 'in the same process' : 'by another process'}`,
      unit: 'ms',
      runs: [Math.max(...runs)],
      limit: { atMost: isSame ? 100 : 2_000 },
      peer: undefined,
    })
  })
}

async function timeToFollow({ place, gateway }: GatewayStage): Promise<number> {
  await timeCommand(place, 'assign', '1', 'second', '--by', 'bench', '--reason', 'to be rolled back')
  while ((await gateway.ask()) !== 'second') await delay(20)
  const rollback = timeCommand(place, 'rollback', '1', '--by', 'bench', '--reason', 'to see how long it takes')
  const [followedMs] = await Promise.all([untilFirst(gateway), rollback])
  return followedMs - (await decidedMs(place))
}

async function untilFirst(gateway: GatewayStage['gateway']): Promise<number> {
  while ((await gateway.ask()) !== 'first') await delay(2)
  return Date.now()
}

async function decidedMs(place: GatewayStage['place']): Promise<number> {
  const query = 'select max(assigned_at) as at from assignment_history'
  const [row] = JSON.parse(await outputOf(place, 'db', 'query', query, '--json')) as { at: string }[]
  return new Date(row?.at ?? Number.NaN).getTime()
}
