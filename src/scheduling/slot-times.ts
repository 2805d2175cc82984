import type { Slot } from '../database/slot-queries.ts'
import { capitalized } from '../shared/capitalized.ts'
import { counted } from '../shared/counted.ts'
import { dateWords } from '../shared/format-date.ts'
import { mostMissed } from './due-slots.ts'
import { slotWords, stageOf } from './stage.ts'

/** A service that is there looks every minute; what is later than this was missed. */
const lateMs = 5 * 60_000

/** What is told of a slot that nobody noticed in time; undefined where it was. */
export function latenessNote(
  { dueAt, missed }: { dueAt: Date; missed: readonly Date[] },
  now: Date,
  timeZone: string,
): string | undefined {
  if (now.getTime() - dueAt.getTime() < lateMs) return undefined
  const atLeast = missed.length < mostMissed ? '' : 'at least '
  const before =
    missed.length === 0 ? '' : ` Before it, ${atLeast}${counted(missed.length, 'slot')} passed without a service.`
  return `It was due on ${dateWords(dueAt, timeZone)} and is caught up, as no service was there before ${dateWords(now, timeZone)}.${before}`
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
