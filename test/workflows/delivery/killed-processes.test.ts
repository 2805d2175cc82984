import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, expect, test } from 'vitest'
import { raiseAlert } from '../../../src/database/alert-queries.ts'
import { listDeliveries } from '../../../src/database/delivery-queries.ts'
import { mulberry32 } from '../../../src/shared/mulberry32.ts'
import { messageKey } from '../../../src/workflows/delivery/letter-groups.ts'
import { startChild } from '../../support/child-process.ts'
import { startLoopbackChannels } from '../../support/loopback-channels.ts'
import { onServer } from '../../support/test-databases.ts'

const script = join(import.meta.dirname, 'processes/deliver-and-repeat.ts')
const generationMs = 20 * 60_000
const generations = 2
const alertsEach = 4

const channels = await startLoopbackChannels()
afterAll(() => channels.close())

onServer((databases) => {
  test('two services deliver each message once, however often both are killed', async () => {
    const place = await databases.place()
    const { db } = await databases.openAt(place)
    const random = mulberry32(11)
    const configPath = channels.configFile()
    for (let generation = 0; generation <= generations; generation += 1) {
      const words = [place.url ?? '', configPath, String(generation * generationMs)]
      const children = [startChild(script, words), startChild(script, words)]
      await Promise.all(children.map((child) => child.line('delivering')))
      const isLast = generation === generations
      for (let number = 0; number < (isLast ? 0 : alertsEach); number += 1) {
        await raiseAlert(db, alertOf(`Event ${generation}.${number}`))
        await delay(random() * 60)
      }
      if (isLast) await expect.poll(async () => unsent(), { timeout: 30_000 }).toEqual([])
      await Promise.all(children.map((child) => child.kill()))
    }
    const sent = await listDeliveries(db, 999)
    const keysOf = (channel: string) =>
      new Set(sent.filter((row) => row.channel === channel).map((row) => row.sentWith ?? messageKey(row)))
    expect(sent).toHaveLength(2 * generations * alertsEach)
    expect(channels.received().slack.toSorted()).toEqual([...keysOf('slack')].toSorted())
    expect(new Set(channels.received().email).size).toBe(keysOf('email').size)

    async function unsent() {
      return (await listDeliveries(db, 999))
        .filter(({ status }) => status !== 'sent')
        .map(({ key, status, lastError }) => [key, status, lastError])
    }
  }, 90_000)
})

function alertOf(subject: string) {
  const about = { tier: 1, model: undefined, evaluationId: undefined, raisedAt: new Date() }
  return { kind: 'rollout', severity: 'critical', subject, message: 'It happened.', ...about } as const
}
