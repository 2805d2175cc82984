import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { type Config, loadConfig } from '../../src/config/config.ts'
import { listAlerts } from '../../src/database/alert-queries.ts'
import { listCycles } from '../../src/database/cycle-queries.ts'
import type { Database } from '../../src/database/database.ts'
import { markInterrupted } from '../../src/database/holds.ts'
import { claimSlot, endSlot, listSlots, type SlotKey, startSlot } from '../../src/database/slot-queries.ts'
import { createScheduler } from '../../src/scheduling/create-scheduler.ts'
import { scheduleState } from '../../src/scheduling/schedule-state.ts'
import { mulberry32 } from '../../src/shared/mulberry32.ts'
import { silentListener } from '../../src/workflows/cycle-listener.ts'
import { syncRegistry } from '../../src/workflows/sync-registry.ts'
import type { Workspace } from '../../src/workflows/workspace.ts'
import { fakeStart } from '../support/fake-clock.ts'
import { startLoopbackOpenAi } from '../support/loopback-openai.ts'
import { simulatedWeeks } from '../support/simulated-weeks.ts'
import { onEmbedded } from '../support/test-databases.ts'

const models = { held: 'errorRate: 0.1, latencyMs: 2000', rival: 'errorRate: 0.1, latencyMs: 1000' }
const minuteMs = 60_000
const hourMs = 60 * minuteMs
const dayMs = 24 * hourMs

/** A service whose slots are carried one after the other, as soon as they are handed out. */
export function schedulerOn(workspace: Workspace) {
  const events: string[] = []
  const waiting = new Map<string, SlotKey>()
  let carry: (key: SlotKey, isLastTry: boolean) => Promise<void> = () => Promise.resolve()
  const scheduler = createScheduler({
    workspace,
    listener: silentListener,
    log: (event, fields) =>
      events.push([event, fields.schedule, fields.message, fields.note].filter(Boolean).join(': ')),
    openQueue: (given) => {
      carry = given
      return Promise.resolve({
        send: async (key) => void waiting.set(`${key.schedule} ${key.dueAt.toISOString()}`, key),
        stop: () => Promise.resolve(),
      })
    },
  })
  return {
    events,
    scheduler,
    /** Looks and carries until nothing is left to do at this time. */
    async work(isLastTry = true): Promise<void> {
      await scheduler.look()
      for (;;) {
        const [next] = waiting
        if (next === undefined) return
        waiting.delete(next[0])
        await carry(next[1], isLastTry).catch(() => undefined)
        await scheduler.look()
      }
    },
  }
}

async function workspaceOn(database: Database, tier = 'repeats: 1') {
  const weeks = simulatedWeeks(database, 12)
  const workspace = await weeks.workspaceOf({ models, tier })
  const schedule = { ...workspace.config.schedule, timeZone: 'UTC', discover: undefined }
  const config = { ...workspace.config, schedule, reports: { ...workspace.config.reports, email: mailTo } }
  return { weeks, workspace: { ...workspace, config } }
}

const mailTo = { to: ['team@example.com'], from: undefined, smtp: undefined }

async function eventsOfLook(workspace: Workspace): Promise<string[]> {
  const { events, scheduler } = schedulerOn(workspace)
  await scheduler.look()
  return events
}

async function told(database: Database) {
  const slots = await listSlots(database.db, 100)
  return slots.map(({ schedule, dueAt, state }) => `${dueAt.toISOString().slice(0, 16)} ${schedule} ${state}`).reverse()
}

async function notes(database: Database): Promise<string[]> {
  const [cycle] = await listCycles(database.db, 1)
  return (cycle?.summary?.notes ?? []) as string[]
}

async function alerts(database: Database): Promise<string[]> {
  // Whether the rival is proposed is a matter of its luck.
  const all = (await listAlerts(database.db, 50)).filter(({ kind }) => kind !== 'rollout')
  return all.map(({ subject }) => subject)
}

/** One model of a server that answers 8 calls a day, with the dataset of the simulated weeks. */
function withQuota(folder: string, url: string): Config {
  const lines = [
    'baselines: []',
    'schedule: { timeZone: UTC, discover: none }',
    `providers: { vllm: { kind: openai, baseUrl: '${url}', concurrency: 2, requestsPerDay: 8 } }`,
    'models: [{ name: metered, provider: vllm }]',
    'tiers: { 1: { name: tickets, task: ./tickets/tier1, dataset: ./tickets, candidates: [metered], repeats: 1 }, 2: none, 3: none }',
  ]
  writeFileSync(join(folder, 'quota.yaml'), `${lines.join('\n')}\n`)
  return loadConfig({ cwd: folder, environment: {}, configPath: 'quota.yaml' })
}

const firstSunday = new Date('2026-11-22T12:00:00Z')

/** After so many statements its process is gone: nothing more reaches the database. Undefined: it lives. */
function dying(workspace: Workspace, statements: number | undefined): Workspace {
  if (statements === undefined) return workspace
  let left = statements
  const database = throughGate(workspace.database, () => {
    left -= 1
    if (left < 0) throw new Error('Connection terminated: the process is gone')
  })
  return { ...workspace, database }
}

/** Every use of the database goes through the gate, which may throw. */
function throughGate(database: Database, pass: () => void): Database {
  const db = new Proxy(database.db, {
    get(target, name) {
      pass()
      const value: unknown = Reflect.get(target, name)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
  return { ...database, db }
}

onEmbedded((databases) => {
  describe('a Sunday', () => {
    test('is one cycle, with one report of all tiers, queued once for each channel', async () => {
      const database = await databases.open()
      const { weeks, workspace } = await workspaceOn(database)
      const service = schedulerOn(workspace)
      // The clock of the tests begins on Sunday 22 November, 1:00; the default of tier 1 is then.
      await service.work()
      for (let halfHour = 0; halfHour < 8 * 48; halfHour += 1) {
        await weeks.clock.advance(hourMs / 2)
        await service.work()
      }
      expect(await told(database)).toEqual([
        '2026-11-15T02:30 report skipped',
        '2026-11-15T03:00 send skipped',
        '2026-11-22T01:00 tier-1 skipped',
        '2026-11-22T02:30 report skipped',
        '2026-11-22T03:00 send skipped',
        '2026-11-29T01:00 tier-1 done',
        '2026-11-29T02:30 report done',
        '2026-11-29T03:00 send done',
      ])
      const cycles = await listCycles(database.db, 10)
      expect(cycles.map(({ status, startedBy }) => ({ status, startedBy }))).toEqual([
        { status: 'completed', startedBy: 'schedule' },
      ])
      expect(cycles[0]?.summary).toMatchObject({ notes: [], evaluations: [{ tier: 1, status: 'completed' }] })
      const deliveries = await database.db.selectFrom('deliveries').select(['key', 'cycle_id']).execute()
      expect(deliveries).toEqual([{ key: `report:${cycles[0]?.id}:email`, cycle_id: cycles[0]?.id }])
      expect(await listAlerts(database.db, 10)).toEqual([])
    })
  })

  const begun = { schedule: 'tier-1', dueAt: new Date('2026-11-22T01:00:00Z') }

  /** A tier of one Sunday is still being evaluated when all of the next is due. */
  async function overlapScene() {
    const database = await databases.open()
    const { weeks, workspace } = await workspaceOn(database)
    const schedule = { ...workspace.config.schedule, waitHours: 400 }
    const patient = { ...workspace, config: { ...workspace.config, schedule } }
    const roundAt = new Date('2026-11-22T02:30:00Z')
    await schedulerOn(patient).scheduler.look()
    await database.db.deleteFrom('schedule_slots').where('schedule', '=', 'tier-1').execute()
    const slot = { ...begun, roundAt, expression: '0 1 * * 0 UTC', state: 'waiting' } as const
    await claimSlot(database.db, slot, 'a test', weeks.clock.now())
    await startSlot(database.db, begun, 'a test', weeks.clock.now())
    await weeks.clock.advance(7 * dayMs + 3 * hourMs)
    return { database, workspace: patient, weeks }
  }

  describe('what is not as planned', () => {
    test('a service that was away for weeks catches up the newest Sunday only, and the report and an alert say so', async () => {
      const database = await databases.open()
      const { weeks, workspace } = await workspaceOn(database)
      const service = schedulerOn(workspace)
      await service.work()
      await weeks.clock.advance(20 * dayMs)
      await service.work()
      const caughtUp = (await told(database)).filter((line) => line.endsWith('done'))
      expect(caughtUp).toEqual([
        '2026-12-06T01:00 tier-1 done',
        '2026-12-06T02:30 report done',
        '2026-12-06T03:00 send done',
      ])
      expect(await notes(database)).toEqual([
        'Tier 1: It was due on Sunday 6 December 2026, 01:00 (UTC) and is caught up, as no service was there from Sunday 22 November 2026, 01:00 (UTC) to Saturday 12 December 2026, 01:00 (UTC). Before it, 1 slot passed without a service.',
        expect.stringMatching(/^The report: It was due on Sunday 6 December 2026, 02:30/),
      ])
      expect(await alerts(database)).toEqual([
        'The schedule was missed and is caught up: tier 1, the report, sending the report',
      ])
    })

    test('what was skipped says from when to when no service was there, and so do the log and the alert', async () => {
      const database = await databases.open()
      const { weeks, workspace } = await workspaceOn(database)
      await schedulerOn(workspace).work()
      await weeks.clock.advance(hourMs / 6)
      await schedulerOn(workspace).scheduler.look()
      await weeks.clock.advance(20 * dayMs)
      const service = schedulerOn(workspace)
      await service.work()
      const away = 'from Sunday 22 November 2026, 01:10 (UTC) to Saturday 12 December 2026, 01:10 (UTC)'
      const skipped = (await listSlots(database.db, 100)).filter(({ note }) => note?.includes('newer one was due'))
      expect(new Set(skipped.map(({ note }) => note))).toEqual(
        new Set([`No service was there ${away}, and a newer one was due when it came back.`]),
      )
      expect((await listAlerts(database.db, 50)).map(({ message }) => message).join()).toContain(away)
      expect(service.events[0]).toBe('no service was there')
      // Those who start in the minutes after it know it, too.
      await weeks.clock.advance(minuteMs)
      expect((await eventsOfLook(workspace))[0]).toBeUndefined()
    })

    test('a cycle whose report was missed for more than a week gets it, with its results, when a service is there again', async () => {
      const database = await databases.open()
      const { weeks, workspace } = await workspaceOn(database)
      await schedulerOn(workspace).work()
      await weeks.clock.advance(7 * dayMs + hourMs / 2)
      await schedulerOn(workspace).work()
      expect((await told(database)).at(-1)).toBe('2026-11-29T01:00 tier-1 done')
      await weeks.clock.advance(9 * dayMs)
      expect((await scheduleState(workspace)).unreported).toEqual(['2026-11-29T02:30:00.000Z'])
      const before = await alerts(database)
      await schedulerOn(workspace).scheduler.look()
      await schedulerOn(workspace).work()
      expect(await alerts(database)).toEqual([
        'The schedule was missed and is caught up: tier 1, the report, sending the report, the report of Sunday 29 November 2026',
        ...before,
      ])
      expect((await told(database)).slice(-6)).toEqual([
        '2026-11-29T01:00 tier-1 done',
        '2026-11-29T02:30 report done',
        '2026-11-29T03:00 send done',
        '2026-12-06T01:00 tier-1 done',
        '2026-12-06T02:30 report done',
        '2026-12-06T03:00 send done',
      ])
      const [, late] = await listCycles(database.db, 10)
      expect(late).toMatchObject({
        status: 'completed',
        summary: {
          evaluations: [{ tier: 1, status: 'completed' }],
          notes: [
            expect.stringMatching(/^Tier 1: It was due/),
            'The report: It was due on Sunday 29 November 2026, 02:30 (UTC) and is caught up, as no service was there from Sunday 29 November 2026, 01:30 (UTC) to Tuesday 8 December 2026, 01:30 (UTC).',
          ],
        },
      })
      const deliveries = await database.db.selectFrom('deliveries').select('key').where('kind', '=', 'report').execute()
      expect(deliveries).toHaveLength(2)
      expect((await scheduleState(workspace)).unreported).toEqual([])
    })

    test('a tier that fails is missing in the report, which is made and sent all the same; people are told at once', async () => {
      const database = await databases.open()
      const { weeks, workspace } = await workspaceOn(database)
      const service = schedulerOn({
        ...workspace,
        config: { ...workspace.config, budget: { cycleUsd: 0.000001, monthUsd: undefined } },
      })
      await service.work()
      await weeks.clock.advance(7 * dayMs + 3 * hourMs)
      await service.work()
      expect((await told(database)).slice(-3)).toEqual([
        '2026-11-29T01:00 tier-1 failed',
        '2026-11-29T02:30 report done',
        '2026-11-29T03:00 send done',
      ])
      expect((await notes(database))[0]).toMatch(/^Tier 1 is missing: .*budget\.cycleUsd allows/)
      expect(await alerts(database)).toContain('Tier 1 of Sunday 29 November 2026, 01:00 (UTC) failed')
    })

    test('a daily quota that is used up ends the day: the cycle goes on with the next one, asks nothing twice, and says so', async () => {
      const database = await databases.open()
      const server = await startLoopbackOpenAi({ answer: '{"team":"identity","urgency":3}' })
      const { weeks, workspace } = await workspaceOn(database)
      const config = withQuota(weeks.folder, server.url)
      await syncRegistry(database.db, config, weeks.clock.now())
      const service = schedulerOn({ ...workspace, config })
      await service.work()
      await weeks.clock.advance(7 * dayMs + 3 * hourMs)
      await service.work()
      expect((await told(database)).slice(-3)).toEqual([
        '2026-11-29T01:00 tier-1 waiting',
        '2026-11-29T02:30 report waiting',
        '2026-11-29T03:00 send waiting',
      ])
      expect(await alerts(database)).toContain('The daily quota of metered is used up')
      // Midnight of the quota is 8:00 UTC.
      await weeks.clock.advance(5 * hourMs)
      await service.work()
      await server.close()
      expect((await told(database)).slice(-3)).toEqual([
        '2026-11-29T01:00 tier-1 done',
        '2026-11-29T02:30 report done',
        '2026-11-29T03:00 send done',
      ])
      const [cycle] = await listCycles(database.db, 1)
      const metered = expect.objectContaining({ model: 'metered', asked: 12, scored: 12 })
      expect(cycle?.summary).toMatchObject({ evaluations: [{ runs: expect.arrayContaining([metered]) }] })
      expect((await notes(database)).join(' ')).toContain('the daily quota of metered was used up')
      const [quota] = (await listAlerts(database.db, 10)).filter(({ kind }) => kind === 'quota')
      expect(quota?.resolution).toBe('Tier 1 goes on.')
    })

    test('a cycle that is in the way of the next is one alert, however many slots wait, and one that ends', async () => {
      const { database, workspace, weeks } = await overlapScene()
      const { scheduler } = schedulerOn(workspace)
      await scheduler.look()
      const overlaps = async () => (await listAlerts(database.db, 9)).filter(({ key }) => key === 'slot:overlap')
      expect(await overlaps()).toMatchObject([
        {
          subject: 'The cycle of Sunday 29 November 2026, 02:30 (UTC) waits for the one before',
          message: expect.stringMatching(/^Tier 1 of Sunday 22 November 2026, 01:00 \(UTC\) is not done/),
          resolvedAt: undefined,
        },
      ])
      await endSlot(database.db, begun, { state: 'done', at: weeks.clock.now() })
      await scheduler.look()
      expect(await overlaps()).toMatchObject([{ resolution: 'The cycle before is no longer in the way.' }])
    })

    test('a database that is away for minutes is waited for, and told of once when it is back', async () => {
      const database = await databases.open()
      const { weeks, workspace } = await workspaceOn(database)
      let isAway = false
      const flaky = throughGate(database, () => {
        if (isAway) throw new Error('Connection terminated unexpectedly')
      })
      const service = schedulerOn({ ...workspace, database: flaky })
      const second = schedulerOn({ ...workspace, database: flaky })
      await service.work()
      isAway = true
      for (let minute = 0; minute < 5; minute += 1) {
        await weeks.clock.advance(minuteMs)
        await service.work()
        await second.work()
      }
      isAway = false
      await Promise.all([service.work(), second.work()])
      await service.work()
      expect(await alerts(database)).toEqual(['The database could not be used'])
      expect(service.events).toEqual([
        'schedule cannot look: Connection terminated unexpectedly',
        'schedule looks again',
      ])
    })

    test('processes that are killed at random moments of a quarter leave every Sunday done once, with one report each', async () => {
      const database = await databases.open()
      const { weeks, workspace } = await workspaceOn(database)
      const random = mulberry32(20_261_121)
      await schedulerOn(workspace).work()
      await weeks.clock.advance(3 * hourMs)
      await schedulerOn(workspace).work()
      for (let week = 0; week < 13; week += 1) {
        // Down for a while, then services that die in the middle of a look or of what they carry.
        await weeks.clock.advance(Math.floor(random() * 2 * dayMs))
        for (let life = 0; life < 3; life += 1) {
          const isKilled = random() < 0.6
          await schedulerOn(dying(workspace, isKilled ? Math.floor(random() * 120) : undefined)).work(false)
          await markInterrupted(database)
          await weeks.clock.advance(hourMs)
        }
        await schedulerOn(workspace).work()
        await weeks.clock.advance(7 * dayMs - ((weeks.clock.now().getTime() - fakeStart.getTime()) % (7 * dayMs)))
      }
      const slots = (await listSlots(database.db, 1000)).filter(({ dueAt }) => dueAt > firstSunday)
      expect(slots.filter(({ state }) => state !== 'done')).toEqual([])
      const cycles = await listCycles(database.db, 1000)
      expect(new Set(cycles.map(({ status }) => status))).toEqual(new Set(['completed']))
      expect(cycles).toHaveLength(slots.filter(({ schedule }) => schedule === 'tier-1').length)
      const deliveries = await database.db.selectFrom('deliveries').select('key').where('kind', '=', 'report').execute()
      expect(new Set(deliveries.map(({ key }) => key)).size).toBe(deliveries.length)
      expect(deliveries).toHaveLength(cycles.length)
      const evaluations = await database.db.selectFrom('evaluations').select('cycle_id').execute()
      expect(new Set(evaluations.map((evaluation) => evaluation.cycle_id)).size).toBe(cycles.length)
      expect(evaluations).toHaveLength(cycles.length)
    }, 60_000)
  })
})
