import { type Html, html } from './html.ts'

/** A sentence whose commands can be seen as such and pasted. */
export function withCommands(sentence: string): Html {
  const parts = sentence.split(/(npx incumbent [^,;()]*[^,;().\s])/)
  return html`${parts.map((part, index) => (index % 2 === 1 ? html`<code>${part}</code>` : part))}`
}
