import { type Html, html } from '../../reporting/render-html/html.ts'

const id = /\b([\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12})\b/

/** A sentence of the record: the evaluations that it names are links, by the beginning of their id. */
export function withEvaluationLinks(sentence: string): Html {
  const parts = sentence.split(id)
  return html`${parts.map((part, index) => (index % 2 === 1 ? html`<a href="/evaluations/${part}">${part.slice(0, 8)}</a>` : part))}`
}
