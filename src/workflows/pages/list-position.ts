import type { ListSort, SortedAt } from '../../database/list-order.ts'
import { fromCursor, toCursor } from '../../shared/cursor.ts'
import { UserError } from '../../shared/user-error.ts'

type Value = string | number | null

/** Where a list goes on. */
export interface ListPosition {
  /** Of the last entry, in the column that the list is sorted by; without a column it is of no use. */
  at: SortedAt
  /** What tells entries apart that are the same there. */
  rest: Value[]
}

/** Of a list in the order of a column the cursor says which: it leads nowhere in another order. */
export function listCursor(sort: ListSort | undefined, { at, rest }: ListPosition): string {
  return toCursor(sort === undefined ? rest : [sort.column, directionOf(sort), at, ...rest])
}

/** @throws UserError for a cursor of a list in another order */
export function listPosition(cursor: string | undefined, sort: ListSort | undefined): ListPosition | undefined {
  if (cursor === undefined) return undefined
  const values = fromCursor(cursor)
  if (sort === undefined) return { at: null, rest: values }
  const [column, direction, at = null, ...rest] = values
  if (column !== sort.column || direction !== directionOf(sort)) throw otherList()
  return { at, rest }
}

function directionOf({ isDescending }: ListSort): string {
  return isDescending ? 'desc' : 'asc'
}

/** The last entry of a page where entries of the same value go from the newest to the oldest. */
export interface DatedPosition {
  at: SortedAt
  startedAt: Date
  id: string
}

/** @throws UserError for a cursor that was not made of a time and an id */
export function datedPosition(cursor: string | undefined, sort: ListSort | undefined): DatedPosition | undefined {
  const position = listPosition(cursor, sort)
  if (position === undefined) return undefined
  const [time, id] = position.rest
  const startedAt = new Date(String(time))
  if (Number.isNaN(startedAt.getTime()) || !/^[\da-f-]{36}$/.test(String(id))) throw otherList()
  return { at: position.at, startedAt, id: String(id) }
}

/** @throws UserError for a cursor that was not made of a whole number */
export function numberedPosition(
  cursor: string | undefined,
  sort: ListSort | undefined,
): { at: SortedAt; number: number } | undefined {
  const position = listPosition(cursor, sort)
  if (position === undefined) return undefined
  const [number] = position.rest
  if (typeof number !== 'number' || !Number.isInteger(number)) throw otherList()
  return { at: position.at, number }
}

function otherList(): UserError {
  return new UserError('Expected a cursor as "next" of the page before gives it, got that of another list.')
}
