export type ReplyHeaders = Readonly<Record<string, string | string[] | undefined>>

/**
 * How long the server asks to wait: `retry-after-ms`, or `retry-after` in seconds or as a date.
 * @returns milliseconds, never negative; undefined when it does not say
 */
export function retryAfterMs(headers: ReplyHeaders, now: Date): number | undefined {
  const milliseconds = numberIn(headers['retry-after-ms'])
  if (milliseconds !== undefined) return milliseconds
  const text = first(headers['retry-after'])
  if (text === undefined) return undefined
  const seconds = numberIn(text)
  if (seconds !== undefined) return seconds * 1000
  const date = Date.parse(text)
  return Number.isNaN(date) ? undefined : Math.max(0, date - now.getTime())
}

function numberIn(header: string | string[] | undefined): number | undefined {
  const text = first(header)
  return text !== undefined && /^\s*\d+(\.\d+)?\s*$/.test(text) ? Number(text) : undefined
}

function first(header: string | string[] | undefined): string | undefined {
  return Array.isArray(header) ? header[0] : header
}
