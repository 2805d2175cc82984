import { type Html, html, nothing } from './html.ts'

export interface TableData {
  titles: readonly string[]
  rows: readonly (readonly (string | Html)[])[]
  /** One letter a column, `r` for right. */
  aligns: string
  /** Of the columns whose head leads to the list in their order. */
  heads?: readonly (SortHead | undefined)[]
}

export interface SortHead {
  /** The list in the order that a press asks for. */
  href: string
  /** How the list is sorted by the column now. */
  order?: 'ascending' | 'descending'
}

/** A table; on phones each row becomes a list of titles and values. */
export function tableHtml({ titles, rows, aligns, heads = [] }: TableData, caption?: string): Html {
  const side = (index: number) => (aligns[index] === 'r' ? 'number' : 'text')
  const head = titles.map((title, index) => headHtml(title, side(index), heads[index]))
  const cells = (row: readonly (string | Html)[]) =>
    row.map((cell, index) =>
      index === 0
        ? html`<th scope="row" class="${side(index)}">${cell}</th>`
        : html`<td class="${side(index)}${cell === '' ? ' empty' : ''}" data-title="${titles[index] ?? ''}"><span>${cell}</span></td>`,
    )
  return html`<div class="table"><table${titles.length > 8 ? html` class="many"` : nothing}>${caption === undefined ? nothing : html`<caption>${caption}</caption>`}<thead><tr>${head}</tr></thead><tbody>${rows.map((row) => html`<tr>${cells(row)}</tr>`)}</tbody></table></div>`
}

function headHtml(title: string, side: string, head: SortHead | undefined): Html {
  if (head === undefined) return html`<th scope="col" class="${side}">${title}</th>`
  const order = head.order === undefined ? nothing : html` aria-sort="${head.order}"`
  return html`<th scope="col" class="${side}"${order}><a class="sort" href="${head.href}">${title}</a></th>`
}
