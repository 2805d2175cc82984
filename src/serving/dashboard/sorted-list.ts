import type { ListSort } from '../../database/list-order.ts'
import { type Html, html, nothing } from '../../reporting/render-html/html.ts'
import type { SortHead, TableData } from '../../reporting/render-html/table-html.ts'
import { withQuery } from './pager.ts'

/** A list whose order the service makes, as its heads say it. */
export interface SortedList<C extends string> {
  /** Of the page. */
  url: string
  /** Of the list in the page: `#samples`. */
  anchor?: string
  /** Undefined: the list's own order. */
  sort: ListSort<C> | undefined
  /** The order that the list has by itself, and its words: `newest first`. */
  own: { sort: ListSort<C>; words: string }
  /** Cursor of the page that follows. */
  next: string | null
}

/** Links in the heads that sort all pages of a list; of one that is on a single page the script sorts the rows. */
export function sortHeads<C extends string>(
  list: SortedList<C>,
  columns: readonly (C | undefined)[],
  aligns: string,
): Pick<TableData, 'heads'> {
  if (!hasPages(list)) return {}
  return { heads: columns.map((column, index) => column && headOf(list, column, aligns[index] === 'r')) }
}

function hasPages({ url, sort, next }: SortedList<string>): boolean {
  return next !== null || sort !== undefined || new URLSearchParams(url.split('?')[1]).has('cursor')
}

/** Figures are read from the largest down, names from A to Z; a second press turns the order. */
function headOf<C extends string>(list: SortedList<C>, column: C, isNumber: boolean): SortHead {
  const { url, anchor = '', sort, own } = list
  const now = sort ?? own.sort
  const isDescending = now.column === column ? !now.isDescending : isNumber
  const isOwn = own.sort.column === column && own.sort.isDescending === isDescending
  const asked = isOwn ? {} : { sort: column, order: isDescending ? 'desc' : 'asc' }
  const href = `${withQuery(url, { cursor: undefined, sort: undefined, order: undefined, ...asked })}${anchor}`
  return now.column === column ? { href, order: now.isDescending ? 'descending' : 'ascending' } : { href }
}

/** Says in which order a list is that was sorted, and leads back; nothing for one that was not. @param titles of its columns */
export function sortNote<C extends string>(
  list: SortedList<C>,
  columns: readonly (C | undefined)[],
  titles: readonly string[],
): Html {
  const { url, anchor = '', sort, own } = list
  if (sort === undefined) return nothing
  const title = titles[columns.indexOf(sort.column)] ?? sort.column
  const href = `${withQuery(url, { cursor: undefined, sort: undefined, order: undefined })}${anchor}`
  const direction = sort.isDescending ? 'descending' : 'ascending'
  return html`<p class="note">All pages sorted by <b>${title}</b>, ${direction}. <a href="${href}">${own.words}</a></p>`
}
