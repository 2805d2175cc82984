const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const weekdays = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat']
const longestMonth = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

interface Field {
  name: string
  from: number
  to: number
  /** Names of the values, the first for `from`. */
  words?: readonly string[]
}

const fields: readonly Field[] = [
  { name: 'minute', from: 0, to: 59 },
  { name: 'hour', from: 0, to: 23 },
  { name: 'day of the month', from: 1, to: 31 },
  { name: 'month', from: 1, to: 12, words: months },
  { name: 'day of the week', from: 0, to: 7, words: weekdays },
]

/**
 * What a cron expression should have been, where it is none; undefined when it is good. Five fields: minute, hour, day of
 * the month, month, day of the week (0 and 7 are Sunday), each `*`, a number, a name, a range, a list or one of these
 * with a step. A day that no month has is refused: such a schedule would never be due.
 */
export function cronProblem(expression: string): string | undefined {
  const parts = expression.trim().split(/\s+/)
  if (parts.length !== fields.length) {
    return 'five fields (minute, hour, day of the month, month, day of the week), such as "0 1 * * 0" for Sunday 1:00'
  }
  for (const [index, field] of fields.entries()) {
    if (valuesOf(parts[index] ?? '', field) === undefined) {
      return `the ${field.name} as ${field.from} to ${field.to}, *, a-b, a list with commas, or one of these with a step /n`
    }
  }
  return hasADay(parts) ? undefined : 'a day that a month has'
}

function hasADay([, , day = '*', month = '*', weekday = '*']: readonly string[]): boolean {
  if (weekday !== '*') return true
  const [, , dayField, monthField] = fields
  const first = Math.min(...((dayField && valuesOf(day, dayField)) ?? []))
  const inMonths = (monthField && valuesOf(month, monthField)) ?? []
  return inMonths.some((number) => first <= (longestMonth[number - 1] ?? 0))
}

/** The values that a field names; undefined when it cannot be read. */
function valuesOf(text: string, field: Field): number[] | undefined {
  const lists = text.split(',').map((part) => partValues(part, field))
  return lists.some((list) => list === undefined) ? undefined : lists.flatMap((list) => list ?? [])
}

function partValues(part: string, field: Field): number[] | undefined {
  const match = /^(?:(\*)|([a-z]+|\d+)(?:-([a-z]+|\d+))?)(?:\/(\d+))?$/i.exec(part)
  if (match === null) return undefined
  const [, star, first, last, stepText] = match
  const step = stepText === undefined ? 1 : Number(stepText)
  const from = star === undefined ? numberOf(first ?? '', field) : field.from
  const end =
    star !== undefined || (last === undefined && stepText !== undefined)
      ? field.to
      : numberOf(last ?? first ?? '', field)
  if (from === undefined || end === undefined || from > end || step < 1) return undefined
  return Array.from({ length: Math.floor((end - from) / step) + 1 }, (_, index) => from + index * step)
}

function numberOf(text: string, { from, to, words = [] }: Field): number | undefined {
  const position = words.indexOf(text.toLowerCase())
  const value = position === -1 ? (/^\d+$/.test(text) ? Number(text) : Number.NaN) : from + position
  return value >= from && value <= to ? value : undefined
}
