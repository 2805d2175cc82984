import { type Html, html } from '../../reporting/render-html/html.ts'

/** A sentence in which names of models are not broken at their hyphens, unless a phone has no room for them. */
export function withWholeNames(sentence: string): Html {
  const parts = sentence.replace(/(Tiers?) (?=\d)/g, '$1\u00a0').split(/([^ ]*-[^ ]*)/)
  return html`${parts.map((part, index) => (index % 2 === 1 ? html`<span class="whole">${part}</span>` : part))}`
}
