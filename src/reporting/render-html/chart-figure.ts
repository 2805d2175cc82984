import type { Chart } from '../charts/chart.ts'
import { type Html, html, nothing, trusted } from './html.ts'
import { tableHtml } from './table-html.ts'

export interface Figure {
  /** What it shows, as a heading. */
  title: string
  /** Measure, number of samples, interval. */
  note: string
  /** For wide and for narrow pages; where they are the same one is enough. */
  wide: Chart | undefined
  phone?: Chart | undefined
  /** Of the title, in the outline of the page. */
  level?: 2 | 3
  /** Of the table below, where a longer one follows anyway. */
  hasTable?: boolean
}

/** A chart in both widths, of which the style shows one, with a table of the same numbers; nothing without a chart. */
export function chartFigure({ title, note, wide, phone, level = 3, hasTable = true }: Figure): Html {
  if (wide === undefined) return nothing
  const pictures =
    phone === undefined
      ? html`<div class="chart">${trusted(wide.svg)}</div>`
      : html`<div class="chart wide">${trusted(wide.svg)}</div><div class="chart phone">${trusted(phone.svg)}</div>`
  const table = hasTable ? html`<details><summary>The numbers</summary>${tableHtml(wide.table)}</details>` : nothing
  const heading = level === 2 ? html`<h2>${title}</h2>` : html`<h3>${title}</h3>`
  return html`<figure><figcaption>${heading}<p class="note">${note}</p></figcaption>${pictures}${table}</figure>`
}
