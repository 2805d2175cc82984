import { type NewAlert, openAlert, raiseAlert, resolveAlert } from '../database/alert-queries.ts'
import type { Slot, SlotKey } from '../database/slot-queries.ts'
import { capitalized } from '../shared/capitalized.ts'
import { dateWords, longDate } from '../shared/format-date.ts'
import type { QuotaUsedUp } from '../workflows/used-up-quotas.ts'
import type { Workspace } from '../workflows/workspace.ts'
import type { Moves } from './next-moves.ts'
import { slotWords, stageOf } from './stage.ts'

/** A slot was given up, and whatever it waited for. */
export async function tellOfFailure(workspace: Workspace, slot: Slot, why: string): Promise<void> {
  const { stage, tier } = stageOf(slot)
  const remedies = {
    discover: 'Do it by hand: npx incumbent models discover',
    tier: `The report says so. Do it by hand: npx incumbent run --tier ${tier}`,
    report: 'Do it by hand: npx incumbent report',
    send: 'Do it by hand: npx incumbent report --send',
  }
  const subject = `${named(slot)} of ${dateOf(slot.dueAt, workspace)} failed`
  await endQuotaAlert(workspace, slot, `${named(slot)} was given up.`)
  await raiseAlert(workspace.database.db, {
    severity: 'critical',
    subject,
    message: `${why} ${remedies[stage]}`,
    ...about(slot, workspace),
  })
}

const overlapKey = 'slot:overlap'

/** No round begins before the one before it ended: one alert, however many slots wait, until none does. */
export async function tellOfOverlap(workspace: Workspace, overlapping: Moves['overlapping']): Promise<void> {
  const { database, clock } = workspace
  const [first] = overlapping
  if (first === undefined) {
    const resolution = { at: clock.now(), message: 'The cycle before is no longer in the way.' }
    await resolveAlert(database.db, overlapKey, resolution)
    return
  }
  const { slot, earlier } = first
  const due = dateOf(slot.roundAt ?? slot.dueAt, workspace)
  const subject = `The cycle of ${due} waits for the one before`
  await openAlert(database.db, {
    severity: 'warning',
    subject,
    message: `${named(earlier)} of ${dateOf(earlier.dueAt, workspace)} is not done. What is due begins by itself then; what becomes due again before that is done once. If it happens again, let the schedule be due less often or ask less (repeats, candidates).`,
    key: overlapKey,
    ...about(slot, workspace),
    tier: undefined,
  })
}

/** Width of the column. */
const longestSubject = 200

/**
 * Slots that no service was there for. One alert for all that are caught up together.
 * @param reports times of reports of earlier rounds that are made now
 */
export async function tellOfMissed(
  workspace: Workspace,
  slots: readonly SlotKey[],
  reports: readonly Date[],
  note: string,
): Promise<void> {
  const [first] = [...slots, ...reports.map((dueAt) => ({ schedule: 'report', dueAt }))]
  if (first === undefined) return
  const { timeZone } = workspace.config.schedule
  const words = [...slots.map(slotWords), ...reports.map((dueAt) => `the report of ${longDate(dueAt, timeZone)}`)]
  const subject = `The schedule was missed and is caught up: ${words.join(', ')}`.slice(0, longestSubject)
  await raiseAlert(workspace.database.db, {
    severity: 'warning',
    subject,
    message: `${note} Let the service run at those hours.`,
    ...about(first, workspace),
    tier: undefined,
  })
}

/** @returns what is told of it in the report */
export async function tellOfQuota(
  workspace: Workspace,
  slot: Slot,
  { models, goesOnAt }: QuotaUsedUp,
): Promise<string> {
  const { clock, config, database } = workspace
  const { timeZone } = config.schedule
  const which = models.join(' and ')
  const note = `On ${dateWords(clock.now(), timeZone)} the daily quota of ${which} was used up, and the rest had to wait for its next day.`
  await openAlert(database.db, {
    severity: 'warning',
    subject: `The daily quota of ${which} is used up`,
    message: `${named(slot)} goes on by itself on ${dateWords(goesOnAt, timeZone)}, and the report waits for it. A higher quota, or fewer repeats or candidates, makes it fit into a day.`,
    key: quotaKeyOf(slot),
    ...about(slot, workspace),
    kind: 'quota',
  })
  return note
}

/** What was waited for is over. */
export async function tellThatItGoesOn(workspace: Workspace, slot: Slot): Promise<void> {
  await endQuotaAlert(workspace, slot, `${named(slot)} goes on.`)
}

async function endQuotaAlert({ database, clock }: Workspace, slot: Slot, message: string): Promise<void> {
  await resolveAlert(database.db, quotaKeyOf(slot), { at: clock.now(), message })
}

function about(
  slot: SlotKey,
  { clock }: Workspace,
): Pick<NewAlert, 'kind' | 'tier' | 'model' | 'evaluationId' | 'raisedAt'> {
  const { tier } = stageOf(slot)
  return { kind: 'slot', tier, model: undefined, evaluationId: undefined, raisedAt: clock.now() }
}

function quotaKeyOf({ schedule, dueAt }: SlotKey): string {
  return `quota:slot:${schedule}:${dueAt.toISOString()}`
}

function dateOf(at: Date, { config }: Workspace): string {
  return dateWords(at, config.schedule.timeZone)
}

function named(slot: SlotKey): string {
  return capitalized(slotWords(slot))
}
