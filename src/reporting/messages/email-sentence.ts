import { commandParts } from '../command-parts.ts'
import { type Html, html } from '../render-html/html.ts'
import { emailStyle } from './email-style.ts'

/** A sentence whose commands can be pasted. */
export function emailSentence(sentence: string): Html {
  const parts = commandParts(sentence)
  return html`${parts.map(({ text, isCommand }) => (isCommand ? html`<code style="${emailStyle.code}">${text}</code>` : text))}`
}
