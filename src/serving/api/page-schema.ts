import * as z from 'zod'
import { queryNumber } from './query-number.ts'

/** Query parameters of a list that comes in pages. */
export const pageQuery = {
  cursor: z.string().optional().describe('`next` of the page before; without it the first page.'),
  limit: queryNumber(z.int().min(1).max(200)).default(50).describe('Most entries of the page.'),
}

/** One page of a list. */
export function pageOf<S extends z.ZodType>(item: S) {
  return z.object({
    items: z.array(item),
    next: z.string().nullable().describe('Cursor of the page that follows; null: this is the last.'),
  })
}
