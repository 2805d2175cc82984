import { describe, expect, test } from 'vitest'
import { listCycles } from '../../src/database/cycle-queries.ts'
import type { Database } from '../../src/database/database.ts'
import { claimSlot, listSlots } from '../../src/database/slot-queries.ts'
import { runSchedule } from '../../src/scheduling/run-schedule.ts'
import { systemClock } from '../../src/shared/clock.ts'
import { simulatedWeeks } from '../support/simulated-weeks.ts'
import { forEachDatabase } from '../support/test-databases.ts'

const models = { held: 'errorRate: 0.1, latencyMs: 2000' }

async function workspaceOn(database: Database) {
  const workspace = await simulatedWeeks(database, 12).workspaceOf({ models, tier: 'repeats: 1' })
  const [tier] = workspace.config.tiers
  const tiers = tier === undefined ? [] : [{ ...tier, schedule: '0-57/3 * * * * *' }]
  const times = {
    timeZone: 'UTC',
    report: '1-58/3 * * * * *',
    send: '2-59/3 * * * * *',
    discover: undefined,
    waitHours: 1,
  }
  return { database, clock: systemClock, config: { ...workspace.config, tiers, schedule: times } }
}

forEachDatabase((databases) => {
  describe('the schedule in real time', () => {
    test('carries each slot once, in order, with a report for each round; on a server in two services', async () => {
      const place = await databases.place()
      const opened = [await databases.openAt(place)]
      if (databases.kind === 'server') opened.push(await databases.openAt(place))
      const log: string[] = []
      const running = []
      for (const database of opened) {
        running.push(
          await runSchedule(await workspaceOn(database), {
            log: (event, fields, level) => log.push(`${level} ${event} ${JSON.stringify(fields)}`),
            ticks: '* * * * * *',
          }),
        )
      }
      const [first] = opened
      if (first === undefined) throw new Error('No database.')
      const sent = async () =>
        (await listSlots(first.db, 200)).filter(({ schedule, state }) => schedule === 'send' && state === 'done').length
      await expect.poll(sent, { timeout: 30_000, interval: 300 }).toBeGreaterThan(1)
      await Promise.all(running.map((schedule) => schedule.stop()))
      const done = (await listSlots(first.db, 200)).filter(({ state }) => state === 'done')
      expect(done.every(({ tries }) => tries === 1)).toBe(true)
      const reported = done.filter(({ schedule }) => schedule === 'report')
      const cycles = await listCycles(first.db, 200)
      const completed = cycles.filter(({ status }) => status === 'completed')
      expect(new Set(completed.map(({ id }) => id))).toEqual(new Set(reported.map(({ cycleId }) => cycleId)))
      expect(log.filter((line) => line.startsWith('error') || line.startsWith('warn'))).toEqual([])
    }, 60_000)

    test('of many that notice a slot at once, one claims it', async () => {
      const place = await databases.place()
      const opened = [await databases.openAt(place)]
      if (databases.kind === 'server') opened.push(await databases.openAt(place))
      const dueAt = new Date('2026-11-22T01:00:00Z')
      const slot = {
        schedule: 'tier-1',
        dueAt,
        expression: '0 1 * * 0 UTC',
        roundAt: undefined,
        state: 'waiting',
      } as const
      const tries = Array.from({ length: 10 }, () => opened.map(({ db }) => db)).flat()
      const claims = await Promise.all(tries.map((db, index) => claimSlot(db, slot, `process ${index}`, dueAt)))
      expect(claims.filter((claimed) => claimed)).toHaveLength(1)
    })
  })
})
