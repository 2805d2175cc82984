import { UserError } from './user-error.ts'

/** Where a list goes on: the values of its order at the last entry that was shown, as text for a link. */
export function toCursor(values: readonly (string | number | null)[]): string {
  return Buffer.from(JSON.stringify(values)).toString('base64url')
}

/**
 * @returns the values that the cursor was made of
 * @throws UserError when it was not made here
 */
export function fromCursor(cursor: string): (string | number | null)[] {
  try {
    const values = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')) as unknown
    if (Array.isArray(values)) return values as (string | number | null)[]
  } catch {
    // It says below what is wrong.
  }
  throw new UserError(`Expected a cursor as "next" of the page before gives it, got "${cursor.slice(0, 60)}".`)
}
