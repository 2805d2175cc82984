import * as z from 'zod'
import type { ListSort } from '../../database/list-order.ts'
import { queryNumber } from './query-number.ts'

/** Query parameters of a list that comes in pages. */
export const pageQuery = {
  cursor: z.string().optional().describe('`next` of the page before; without it the first page.'),
  limit: queryNumber(z.int().min(1).max(200)).default(50).describe('Most entries of the page.'),
}

/** Of samples, as the golden data calls them. */
export const classQuery = {
  category: z.string().optional().describe('Only samples of this category, in the words of the golden data.'),
  complexity: z.enum(['simple', 'moderate', 'complex']).optional().describe('Only samples of this complexity.'),
}

/** One page of a list. */
export function pageOf<S extends z.ZodType>(item: S) {
  return z.object({
    items: z.array(item),
    next: z.string().nullable().describe('Cursor of the page that follows; null: this is the last.'),
  })
}

/** Query parameters of a list that can be sorted by these columns. */
export function sortQuery<const C extends readonly [string, ...string[]]>(columns: C) {
  return {
    sort: z
      .enum(columns)
      .optional()
      .describe('The column that the whole list is sorted by; what is unknown comes last.'),
    order: z.enum(['asc', 'desc']).optional().describe('Of `sort`: asc, which it is by default, or desc.'),
  }
}

/** Undefined: in the order of the list itself. */
export function sortOf<C extends string>(query: {
  sort?: C | undefined
  order?: string | undefined
}): ListSort<C> | undefined {
  return query.sort === undefined ? undefined : { column: query.sort, isDescending: query.order === 'desc' }
}
