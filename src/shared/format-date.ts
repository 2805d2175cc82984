/** Dates as people read them, always in a stated time zone. */

/** 2 Aug; with the year where it is not the one that readers are in. */
export function dayAndMonth(date: Date, timeZone: string, yearOfReaders = yearIn(date, timeZone)): string {
  const year = yearIn(date, timeZone) === yearOfReaders ? {} : { year: 'numeric' as const }
  return format(date, { day: 'numeric', month: 'short', ...year, timeZone })
}

/** Sunday 15 November 2026 */
export function longDate(date: Date, timeZone: string): string {
  return format(date, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric', timeZone }).replace(',', '')
}

/** Sunday 22 November 2026, 01:00 (Europe/Vienna) */
export function dateWords(date: Date, timeZone: string): string {
  return `${longDate(date, timeZone)}, ${timeOfDay(date, timeZone)} (${timeZone})`
}

/** 02:41 */
export function timeOfDay(date: Date, timeZone: string): string {
  return format(date, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone })
}

/** Sun 22 Nov 01:00, for times that are not far. */
export function dayAndTime(date: Date, timeZone: string): string {
  const weekday = format(date, { weekday: 'short', timeZone })
  return `${weekday} ${dayAndMonth(date, timeZone)} ${timeOfDay(date, timeZone)}`
}

export function yearIn(date: Date, timeZone: string): number {
  return Number(format(date, { year: 'numeric', timeZone }))
}

function format(date: Date, options: Intl.DateTimeFormatOptions): string {
  // British short months are three letters but for September.
  return new Intl.DateTimeFormat('en-GB', options).format(date).replace('Sept ', 'Sep ').replace(/Sept$/, 'Sep')
}
