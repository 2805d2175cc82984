import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, expect, test } from 'vitest'
import { raiseAlert } from '../../../src/database/alert-queries.ts'
import type { DeliveryChannel } from '../../../src/database/delivery-queries.ts'
import { deliverDue } from '../../../src/workflows/delivery/deliver-due.ts'
import { queueAlerts } from '../../../src/workflows/delivery/queue-alerts.ts'
import { sendWaiting } from '../../../src/workflows/delivery/send-waiting.ts'
import { createFakeClock } from '../../support/fake-clock.ts'
import { startLoopbackChannels } from '../../support/loopback-channels.ts'
import { onServer } from '../../support/test-databases.ts'

const channels = await startLoopbackChannels()
afterAll(() => channels.close())
const never = new AbortController().signal
const limitMs = 5_000
const about = { tier: 1, model: undefined, evaluationId: undefined }

onServer((databases) => {
  test('commands and a service that send at the same time send each message once', async () => {
    const clock = createFakeClock()
    const { db, ...rest } = await databases.open()
    const workspace = { config: channels.config(), database: { db, ...rest }, clock }
    for (const subject of ['One', 'Two', 'Three']) {
      const raisedAt = clock.now()
      await raiseAlert(db, {
        kind: 'drift',
        severity: 'critical',
        subject,
        message: 'It happened.',
        raisedAt,
        ...about,
      })
    }
    const senders = await channels.senders(clock)
    const service = async (channel: DeliveryChannel) => {
      await queueAlerts(db, workspace.config, clock.now())
      await deliverDue(workspace, senders, channel, never)
    }
    const commands = [1, 2, 3].map(() => sendWaiting(workspace, never, { limitMs }))
    await Promise.all([...commands, service('slack'), service('email')])
    const { slack, email } = channels.received()
    expect(slack).toHaveLength(3)
    expect(new Set(slack).size).toBe(3)
    expect(new Set(email).size).toBe(3)
    expect(email).toHaveLength(3)
    expect(await sendWaiting(workspace, never, { limitMs })).toEqual({ tried: [], waiting: [] })
  })

  test('a server that does not answer is given up after the limit, and the message waits', async () => {
    const clock = createFakeClock()
    const asked = Promise.withResolvers<void>()
    const server = createServer(() => asked.resolve())
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as AddressInfo
    const { reports, ...config } = channels.config()
    if (reports.slack === undefined) throw new Error('Slack is not configured.')
    const slack = { ...reports.slack, apiUrl: `http://127.0.0.1:${port}/api/` }
    const workspace = {
      config: { ...config, reports: { ...reports, slack } },
      database: await databases.open(),
      clock,
    }
    const alert = { kind: 'drift', severity: 'info', subject: 'Slow', message: 'It happened.' } as const
    await raiseAlert(workspace.database.db, { ...alert, raisedAt: clock.now(), ...about })
    const sending = sendWaiting(workspace, never, { limitMs })
    await asked.promise
    await clock.advance(limitMs)
    const { tried, waiting } = await sending
    server.closeAllConnections()
    server.close()
    expect(tried).toEqual([])
    expect(waiting).toMatchObject([{ channel: 'slack', status: 'waiting' }])
  })
})
