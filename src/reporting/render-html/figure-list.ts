import { type Html, html, nothing } from './html.ts'

export interface ShownFigure {
  label: string
  value: string
  /** Its interval. */
  detail?: string | undefined
  /** One line beneath. */
  context: string | Html
}

/** At most four figures in a row between hairlines. */
export function figureList(figures: readonly ShownFigure[]): Html {
  const items = figures.map(
    ({ label, value, detail, context }) =>
      html`<div><dt>${label}</dt><dd>${value}${detail === undefined ? nothing : html` <small>${detail}</small>`}<span>${context}</span></dd></div>`,
  )
  return html`<dl class="figures">${items}</dl>`
}
