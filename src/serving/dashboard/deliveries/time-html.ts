import { type Html, html } from '../../../reporting/render-html/html.ts'

/** @param time ISO 8601 @param words what people read */
export function timeHtml(time: string, words: string): Html {
  return html`<time datetime="${time}">${words}</time>`
}
