/** Where the day of Google's quotas begins at midnight. */
const timeZone = 'America/Los_Angeles'

/** Made at its first use: the tables of time zones take some milliseconds to load. */
let parts: Intl.DateTimeFormat | undefined
const hourMs = 3_600_000

/** The day of a moment as an ISO date, and the moment at which it ends; days of 23 and 25 hours included. */
export function quotaDayOf(now: Date): { day: string; endsAt: Date } {
  parts ??= new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' })
  const day = parts.format(now)
  // Whole hours from here to the end: midnight is on the hour there.
  const hour = Math.floor(now.getTime() / hourMs) * hourMs
  let end = hour + hourMs
  while (parts.format(end) === day) end += hourMs
  return { day, endsAt: new Date(end) }
}
