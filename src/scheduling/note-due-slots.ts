import { type Absence, notePresence } from '../database/presence-queries.ts'
import { claimSlot, markSlot, newestSlots, type SlotKey } from '../database/slot-queries.ts'
import type { Workspace } from '../workflows/workspace.ts'
import { dueSlots, firstMarks } from './due-slots.ts'
import { schedulesOf } from './schedules.ts'
import { tellOfMissed } from './slot-alerts.ts'
import { lateMs, latenessNote, skippedNote } from './slot-times.ts'
import { takeUpReports } from './take-up-reports.ts'

export interface NotedSlots {
  /** What was claimed here. */
  claimed: SlotKey[]
  /** The time without a service that has ended with this look; undefined: there was none. */
  absence: Absence | undefined
}

/**
 * Writes down what is due now and was not yet: one process of all does it. What was missed longer ago than the newest is
 * written down as skipped; a report for which something was evaluated is made all the same.
 */
export async function noteDueSlots(workspace: Workspace, by: string): Promise<NotedSlots> {
  const { config, database, clock } = workspace
  const { db } = database
  const { timeZone } = config.schedule
  const now = clock.now()
  const absence = await notePresence(db, now, lateMs)
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
      const note = skippedNote(earlier, absence, timeZone)
      await claimSlot(db, { ...slot, dueAt: earlier, roundAt: undefined, state: 'skipped', note }, by, now)
    }
    const note = latenessNote(due, now, absence, timeZone)
    const noted = { ...slot, dueAt, roundAt, state: 'waiting', ...(note === undefined ? {} : { note }) } as const
    if (!(await claimSlot(db, noted, by, now))) continue
    claimed.push({ schedule: schedule.name, dueAt })
    if (note !== undefined) late.push({ key: { schedule: schedule.name, dueAt }, note })
  }
  const reports = await takeUpReports(workspace, schedules, absence, by)
  const keys = late.map(({ key }) => key)
  const times = reports.map(({ dueAt }) => dueAt)
  await tellOfMissed(workspace, keys, times, late[0]?.note ?? reports[0]?.note ?? '')
  const isOver = absence?.until.getTime() === now.getTime()
  return {
    claimed: [...claimed, ...times.map((dueAt) => ({ schedule: 'report', dueAt }))],
    absence: isOver ? absence : undefined,
  }
}
