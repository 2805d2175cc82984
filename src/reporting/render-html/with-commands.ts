import { commandParts } from '../command-parts.ts'
import { type Html, html } from './html.ts'

/** A sentence whose commands can be seen as such and pasted. */
export function withCommands(sentence: string): Html {
  return html`${commandParts(sentence).map(({ text, isCommand }) => (isCommand ? html`<code>${text}</code>` : text))}`
}
