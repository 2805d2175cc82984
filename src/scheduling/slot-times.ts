import type { Absence } from '../database/presence-queries.ts'
import type { Slot } from '../database/slot-queries.ts'
import { capitalized } from '../shared/capitalized.ts'
import { counted } from '../shared/counted.ts'
import { dateWords } from '../shared/format-date.ts'
import { mostMissed } from './due-slots.ts'
import { slotWords, stageOf } from './stage.ts'

/** A service that is there looks every minute; what is later than this was missed. */
export const lateMs = 5 * 60_000

/**
 * What is told of a slot that nobody noticed in time; undefined where it was.
 * @param absence the last time that no service was there, where one is known
 */
export function latenessNote(
  { dueAt, missed }: { dueAt: Date; missed: readonly Date[] },
  now: Date,
  absence: Absence | undefined,
  timeZone: string,
): string | undefined {
  if (now.getTime() - dueAt.getTime() < lateMs) return undefined
  const atLeast = missed.length < mostMissed ? '' : 'at least '
  const before =
    missed.length === 0 ? '' : ` Before it, ${atLeast}${counted(missed.length, 'slot')} passed without a service.`
  const when = absenceWords(dueAt, absence, timeZone) ?? `before ${dateWords(now, timeZone)}`
  return `It was due on ${dateWords(dueAt, timeZone)} and is caught up, as no service was there ${when}.${before}`
}

/** What is told of a slot that is not caught up. */
export function skippedNote(dueAt: Date, absence: Absence | undefined, timeZone: string): string {
  const when = absenceWords(dueAt, absence, timeZone)
  return `No service was there${when === undefined ? '' : ` ${when}`}, and a newer one was due when it came back.`
}

/** Undefined where it is not known when the service was away: its log ends at the first of the two times. */
function absenceWords(dueAt: Date, absence: Absence | undefined, timeZone: string): string | undefined {
  if (absence === undefined || dueAt < absence.since || dueAt > absence.until) return undefined
  return `from ${dateWords(absence.since, timeZone)} to ${dateWords(absence.until, timeZone)}`
}

/** What a report says of the slots of its round that were not as planned. */
export function roundNotes(slots: readonly Slot[]): string[] {
  return slots
    .filter((slot) => stageOf(slot).stage === 'tier' || stageOf(slot).stage === 'report')
    .flatMap((slot) => {
      const isMissing = slot.state === 'failed' || slot.state === 'skipped'
      const subject = `${capitalized(slotWords(slot))}${isMissing ? ' is missing' : ''}`
      return slot.note === undefined ? (isMissing ? [`${subject}.`] : []) : [`${subject}: ${slot.note}`]
    })
}
