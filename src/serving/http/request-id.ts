import { randomUUID } from 'node:crypto'

/** The id that the caller gave the request, where it can stand in a header and in a line of a log; else a new one. */
export function requestIdFrom(given: string | string[] | undefined): string {
  return typeof given === 'string' && /^[\w.:-]{1,128}$/.test(given) ? given : `req_${randomUUID()}`
}
