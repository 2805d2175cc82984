import { describe, expect, test } from 'vitest'
import { listAlerts } from '../../src/database/alert-queries.ts'
import { listCycles } from '../../src/database/cycle-queries.ts'
import type { Database } from '../../src/database/database.ts'
import { listSlots, type SlotKey } from '../../src/database/slot-queries.ts'
import { createScheduler } from '../../src/scheduling/create-scheduler.ts'
import { silentListener } from '../../src/workflows/cycle-listener.ts'
import type { Workspace } from '../../src/workflows/workspace.ts'
import { simulatedWeeks } from '../support/simulated-weeks.ts'
import { onEmbedded } from '../support/test-databases.ts'

const models = { held: 'errorRate: 0.1, latencyMs: 2000', rival: 'errorRate: 0.1, latencyMs: 1000' }
const minuteMs = 60_000

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

async function told(database: Database) {
  const slots = await listSlots(database.db, 100)
  return slots.map(({ schedule, dueAt, state }) => `${dueAt.toISOString().slice(0, 16)} ${schedule} ${state}`).reverse()
}

onEmbedded((databases) => {
  describe('a Sunday', () => {
    test('is one cycle, with one report of all tiers, queued once for each channel', async () => {
      const database = await databases.open()
      const { weeks, workspace } = await workspaceOn(database)
      const service = schedulerOn(workspace)
      // The clock of the tests begins on Sunday 22 November, 1:00; the default of tier 1 is then.
      await service.work()
      for (let minute = 0; minute < 8 * 24 * 4; minute += 1) {
        await weeks.clock.advance(15 * minuteMs)
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
})
