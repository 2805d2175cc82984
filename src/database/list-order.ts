import { type RawBuilder, sql } from 'kysely'

/** The order of a list by one of its columns; what is unknown comes last in both directions. */
export interface ListSort<C extends string = string> {
  column: C
  isDescending: boolean
}

/** What a list is sorted by: a `float8` or a `text`. */
export interface SortValue {
  kind: 'number' | 'text'
  value: RawBuilder<unknown>
}

/** The value of the last entry that was shown; null: it is unknown. */
export type SortedAt = number | string | null

export function numeric(value: RawBuilder<unknown>): SortValue {
  return { kind: 'number', value: sql`(${value})::float8` }
}

export function textual(value: RawBuilder<unknown>): SortValue {
  return { kind: 'text', value: sql`(${value})::text` }
}

/** A time as a number: a cursor then has it to the microsecond. */
export function moment(value: RawBuilder<unknown>): SortValue {
  return numeric(sql`extract(epoch from ${value})`)
}

/**
 * The parts of a query that sort a list, where entries of the same value have an order of their own.
 * @param after the entry that the page goes on behind, with the condition for those of the same value
 */
export function listOrder(
  { kind, value }: SortValue,
  isDescending: boolean,
  after: { at: SortedAt; ties: RawBuilder<unknown> } | undefined,
): { orderBy: RawBuilder<unknown>; where: RawBuilder<boolean> } {
  const orderBy = sql`${value} ${sql.raw(isDescending ? 'desc' : 'asc')} nulls last`
  if (after === undefined) return { orderBy, where: sql<boolean>`true` }
  const { at, ties } = after
  if (at === null) return { orderBy, where: sql<boolean>`(${value} is null and ${ties})` }
  const last = kind === 'number' ? sql`${Number(at)}::float8` : sql`${String(at)}::text`
  const beyond = sql.raw(isDescending ? '<' : '>')
  return {
    orderBy,
    where: sql<boolean>`(${value} ${beyond} ${last} or (${value} = ${last} and ${ties}) or ${value} is null)`,
  }
}

/**
 * The parts of a query for a page of a list that may be in an order of its own.
 * @param sort undefined: that order
 * @param after the entry that the page goes on behind, with the condition for what comes behind it in the list's own order
 */
export function pageOrder<C extends string>(
  values: Readonly<Record<C, SortValue>>,
  sort: ListSort<C> | undefined,
  after: { at: SortedAt | undefined; ties: RawBuilder<boolean> } | undefined,
): { sortedAt: RawBuilder<SortedAt>; where: RawBuilder<boolean>; orderBy: RawBuilder<unknown> | undefined } {
  if (sort === undefined) {
    return { sortedAt: sql<SortedAt>`null`, where: after?.ties ?? sql<boolean>`true`, orderBy: undefined }
  }
  const value = values[sort.column]
  const position = after === undefined ? undefined : { at: after.at ?? null, ties: after.ties }
  return { sortedAt: sql<SortedAt>`${value.value}`, ...listOrder(value, sort.isDescending, position) }
}
