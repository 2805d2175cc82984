import type { ScheduleState } from '../scheduling/schedule-state.ts'
import { longDate, timeOfDay } from '../shared/format-date.ts'
import { textTable } from './text-table.ts'

/** What comes next, and what is late, in the time zone of the schedule. */
export function scheduleText({ next, unfinished, unreported, timeZone }: ScheduleState): string {
  const when = (time: string) => `${longDate(new Date(time), timeZone)} ${timeOfDay(new Date(time), timeZone)}`
  const columns = [{ title: `next in ${timeZone}` }, { title: 'while `incumbent serve` runs' }]
  const table = textTable(
    columns,
    next.map(({ dueAt, words }) => [when(dueAt), words]),
  )
  const late = unfinished.map(({ words, dueAt, state, notBefore, note }) => {
    const until = notBefore === null ? '' : ` until ${when(notBefore)}`
    return `Due since ${when(dueAt)}: ${words} is ${state}${until}.${note === null ? '' : ` ${note}`}`
  })
  const missing = unreported.map(
    (roundAt) =>
      `The report of ${when(roundAt)} is missing: tiers were evaluated for it, and no service was there to make it. The next service does.`,
  )
  const lines = [...late, ...missing]
  return [table, ...(lines.length === 0 ? [] : [lines.join('\n')])].join('\n\n')
}
