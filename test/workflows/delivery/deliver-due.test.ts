import { randomUUID } from 'node:crypto'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { type NewAlert, openAlert, raiseAlert, resolveAlert } from '../../../src/database/alert-queries.ts'
import { finishCycle, insertCycle } from '../../../src/database/cycle-queries.ts'
import { listDeliveries } from '../../../src/database/delivery-queries.ts'
import { mulberry32 } from '../../../src/shared/mulberry32.ts'
import { deliverDue, type Senders } from '../../../src/workflows/delivery/deliver-due.ts'
import { messageKey } from '../../../src/workflows/delivery/letter-groups.ts'
import { queueAlerts } from '../../../src/workflows/delivery/queue-alerts.ts'
import { queueReport } from '../../../src/workflows/delivery/queue-report.ts'
import type { Workspace } from '../../../src/workflows/workspace.ts'
import { exampleReport } from '../../reporting/example-report.ts'
import { createFakeClock, type FakeClock } from '../../support/fake-clock.ts'
import { startLoopbackChannels } from '../../support/loopback-channels.ts'
import { onEmbedded, type TestDatabases } from '../../support/test-databases.ts'

const channels = await startLoopbackChannels()
const { slack, smtp } = channels
afterAll(() => channels.close())
const never = new AbortController().signal
const minuteMs = 60_000

beforeEach(() => {
  slack.messages.length = 0
  smtp.mails.length = 0
  slack.fail(() => undefined)
})

interface Scene extends Workspace {
  clock: FakeClock
  /** Queues what is to be told, and sends what is due. */
  tick(senders?: Senders): Promise<void>
}

async function sceneOn(databases: TestDatabases): Promise<Scene> {
  const clock = createFakeClock({ start: new Date('2026-11-22T03:00:00Z'), skipsSleep: true })
  slack.now = () => clock.now()
  const workspace = { config: channels.config(), database: await databases.open(), clock }
  const connected = await channels.senders(clock)
  return {
    ...workspace,
    async tick(senders = connected) {
      await queueAlerts(workspace.database.db, workspace.config, clock.now())
      for (const channel of ['slack', 'email'] as const) await deliverDue(workspace, senders, channel, never)
    },
  }
}

function alertOf(number: number, change: Partial<NewAlert> = {}): NewAlert {
  const about = { tier: 1, model: undefined, evaluationId: undefined, raisedAt: new Date('2026-11-22T02:59:00Z') }
  return {
    kind: 'rollout',
    severity: 'warning',
    subject: `Event ${number}`,
    message: 'It happened.',
    ...about,
    ...change,
  }
}

async function finishedCycle({ database: { db }, clock }: Workspace): Promise<string> {
  const id = randomUUID()
  const startedAt = clock.now()
  await insertCycle(db, { id, startedBy: 'test', startedAt })
  const summary = { ...exampleReport(), cycle: id }
  await finishCycle(db, id, { status: 'completed', finishedAt: startedAt, reports: [], summary })
  return id
}

onEmbedded((databases) => {
  test('a report reaches both channels, each once, and one that does not take it holds the other not', async () => {
    const scene = await sceneOn(databases)
    const { database, config, clock } = scene
    const cycle = await finishedCycle(scene)
    slack.fail(() => ({ status: 503 }))
    await queueReport(database.db, config, cycle, clock.now())
    await queueReport(database.db, config, cycle, clock.now())
    await scene.tick()
    expect(channels.received()).toMatchObject({ slack: [], email: [expect.any(String)] })
    const [mail, message] = await listDeliveries(database.db, 9)
    expect([mail, message]).toMatchObject([
      { channel: 'email', status: 'sent', tries: 1 },
      { channel: 'slack', status: 'waiting', lastError: 'Slack answered with status 503' },
    ])

    slack.fail(() => undefined)
    await scene.tick()
    expect(slack.messages).toEqual([])
    await clock.advance(minuteMs)
    await scene.tick()
    await clock.advance(60 * minuteMs)
    await scene.tick()
    expect(channels.received()).toMatchObject({
      slack: [`report:${cycle}:slack of 2026-11-22T03:00:00.000Z`],
      email: [expect.any(String)],
    })
    expect(await listDeliveries(database.db, 9, { status: 'sent' })).toHaveLength(2)
  })

  test('a channel that takes nothing for an hour is told of on the other, and so is that it does again', async () => {
    const scene = await sceneOn(databases)
    await raiseAlert(scene.database.db, alertOf(1))
    slack.fail(() => ({ status: 503 }))
    for (let minute = 0; minute < 100; minute += 5) {
      await scene.tick()
      await scene.clock.advance(5 * minuteMs)
    }
    expect(smtp.mails.map(({ subject }) => subject)).toEqual(['Event 1', 'Slack does not take messages'])
    slack.fail(() => undefined)
    await scene.clock.advance(60 * minuteMs)
    await scene.tick()
    await scene.tick()
    expect(slack.messages.map(({ text }) => text)).toEqual(['Event 1'])
    expect(smtp.mails.at(-1)?.subject).toBe('Resolved: Slack does not take messages')
    expect(smtp.mails).toHaveLength(3)
  })

  test('an open alert is told once, people are reminded of it, and hear in its thread that it is over', async () => {
    const scene = await sceneOn(databases)
    const { db } = scene.database
    const quota = alertOf(1, { kind: 'quota', key: 'quota:gemini', raisedAt: scene.clock.now() })
    await openAlert(db, quota)
    await openAlert(db, quota)
    await scene.tick()
    await scene.clock.advance(25 * 60 * minuteMs)
    await scene.tick()
    await scene.tick()
    await resolveAlert(db, 'quota:gemini', { at: scene.clock.now(), message: 'A new day has begun.' })
    await scene.tick()
    await scene.tick()
    expect(slack.messages.map(({ text, thread }) => [text, thread !== undefined])).toEqual([
      ['Event 1', false],
      ['Still open after 25 hours: Event 1', true],
      ['Resolved: Event 1', true],
    ])
    expect(smtp.mails.map(({ subject }) => subject)).toEqual(slack.messages.map(({ text }) => text))
    expect(smtp.mails[2]?.raw).toContain(`In-Reply-To: ${smtp.mails[0]?.messageId}`)
  })

  test('many alerts at once are one message on each channel', async () => {
    const scene = await sceneOn(databases)
    for (let number = 1; number <= 8; number += 1) await raiseAlert(scene.database.db, alertOf(number))
    await scene.tick()
    expect(slack.messages.map(({ text }) => text)).toEqual([expect.stringMatching(/^8 alerts: /)])
    expect(smtp.mails).toHaveLength(1)
    expect(await listDeliveries(scene.database.db, 99, { status: 'sent' })).toHaveLength(16)
  })

  test('of processes that die before, while and after they send, none sends a message twice or loses one', async () => {
    const scene = await sceneOn(databases)
    const random = mulberry32(7)
    const connected = await channels.senders(scene.clock)
    const dying: Senders = { slack: { send: dieNear('slack') }, email: { send: dieNear('email') } }
    for (let number = 1; number <= 14; number += 1) {
      await raiseAlert(scene.database.db, alertOf(number))
      slack.fail((method) => (method === 'chat.postMessage' && random() < 0.2 ? 'lost-answer' : undefined))
      await scene.tick(dying).catch(() => undefined)
      await scene.clock.advance(minuteMs)
    }
    slack.fail(() => undefined)
    for (let hour = 0; hour < 3; hour += 1) {
      await scene.clock.advance(60 * minuteMs)
      for (let round = 0; round < 4; round += 1) await scene.tick()
    }
    const rows = await listDeliveries(scene.database.db, 999)
    expect(rows.map(({ status }) => status)).toEqual(rows.map(() => 'sent'))
    const keys = new Set(
      rows.filter(({ channel }) => channel === 'slack').map((row) => row.sentWith ?? messageKey(row)),
    )
    expect(channels.received().slack.toSorted()).toEqual([...keys].toSorted())
    expect(new Set(channels.received().email).size).toBe(
      new Set(rows.filter(({ channel }) => channel === 'email').map((row) => row.sentWith ?? messageKey(row))).size,
    )

    function dieNear(channel: 'slack' | 'email'): Senders['slack']['send'] {
      return async (letter, signal) => {
        if (random() < 0.2) throw new Error('killed before')
        const result = await connected[channel].send(letter, signal)
        if (random() < 0.2) throw new Error('killed after')
        return result
      }
    }
  })
})
