import { fromCursor } from '../../shared/cursor.ts'
import { UserError } from '../../shared/user-error.ts'

/** An entry of a list that goes from the newest to the oldest. */
export interface ListPosition {
  startedAt: Date
  id: string
}

/** @throws UserError for a cursor that was not made of a time and an id */
export function listPosition(cursor: string | undefined): ListPosition | undefined {
  if (cursor === undefined) return undefined
  const [time, id] = fromCursor(cursor)
  const startedAt = new Date(String(time))
  if (Number.isNaN(startedAt.getTime()) || !/^[\da-f-]{36}$/.test(String(id))) {
    throw new UserError('Expected a cursor as "next" of the page before gives it, got that of another list.')
  }
  return { startedAt, id: String(id) }
}
