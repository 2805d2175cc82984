import type { ListSort } from '../../database/list-order.ts'
import { type Html, html, nothing } from '../../reporting/render-html/html.ts'

/** Fields of a form of filters: the list keeps its order. */
export function hiddenOrder(sort: ListSort | undefined): Html {
  if (sort === undefined) return nothing
  const order = sort.isDescending ? 'desc' : 'asc'
  return html`<input type="hidden" name="sort" value="${sort.column}"><input type="hidden" name="order" value="${order}">`
}
