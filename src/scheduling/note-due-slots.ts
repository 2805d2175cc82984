import { claimSlot, markSlot, newestSlots, type SlotKey } from '../database/slot-queries.ts'
import type { Workspace } from '../workflows/workspace.ts'
import { dueSlots, firstMarks } from './due-slots.ts'
import { schedulesOf } from './schedules.ts'
import { tellOfMissed } from './slot-alerts.ts'
import { latenessNote } from './slot-times.ts'

/**
 * Writes down what is due now and was not yet: one process of all does it. What was missed longer ago than the newest is
 * written down as skipped.
 * @returns what was claimed here
 */
export async function noteDueSlots(workspace: Workspace, by: string): Promise<SlotKey[]> {
  const { config, database, clock } = workspace
  const { db } = database
  const now = clock.now()
  const schedules = schedulesOf(config)
  const seen = await newestSlots(db, schedules, now)
  const unseen = schedules.filter(({ name }) => !seen.has(name))
  for (const { schedule, dueAt } of firstMarks(unseen, now)) {
    const mark = { schedule: schedule.name, dueAt, expression: schedule.expression, roundAt: undefined }
    await markSlot(db, { ...mark, note: 'Before the schedule began.' }, by, now)
  }
  const claimed: SlotKey[] = []
  const late: { key: SlotKey; note: string }[] = []
  for (const due of dueSlots(schedules, seen, now)) {
    const { schedule, dueAt, roundAt, missed } = due
    const slot = { schedule: schedule.name, expression: schedule.expression }
    for (const earlier of missed) {
      const note = 'No service was there, and a newer one was due when it came back.'
      await claimSlot(db, { ...slot, dueAt: earlier, roundAt: undefined, state: 'skipped', note }, by, now)
    }
    const note = latenessNote(due, now, config.schedule.timeZone)
    const noted = { ...slot, dueAt, roundAt, state: 'waiting', ...(note === undefined ? {} : { note }) } as const
    if (!(await claimSlot(db, noted, by, now))) continue
    claimed.push({ schedule: schedule.name, dueAt })
    if (note !== undefined) late.push({ key: { schedule: schedule.name, dueAt }, note })
  }
  const keys = late.map(({ key }) => key)
  await tellOfMissed(workspace, keys, late[0]?.note ?? '')
  return claimed
}
