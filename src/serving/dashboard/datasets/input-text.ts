import { type Html, html } from '../../../reporting/render-html/html.ts'
import type { JsonObject, JsonValue } from '../../../shared/json.ts'

/** What a sample asks: short values as facts, long texts as they are. */
export function inputText(input: JsonObject): Html {
  const entries = Object.entries(input).map(([key, value]) => [key, textOf(value)] as const)
  const isLong = (text: string) => text.length > 120 || text.includes('\n')
  const facts = entries.filter(([, text]) => !isLong(text))
  const texts = entries.filter(([, text]) => isLong(text))
  return html`<dl class="particulars">${facts.map(([key, text]) => html`<div><dt>${key}</dt><dd>${text}</dd></div>`)}</dl>
${texts.map(([key, text]) => html`<h3>${key}</h3><div class="input-text">${text}</div>`)}`
}

function textOf(value: JsonValue): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}
