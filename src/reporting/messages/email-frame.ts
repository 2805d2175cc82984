import { type Html, html, nothing, trusted } from '../render-html/html.ts'
import { emailStyle, phoneStyle } from './email-style.ts'
import type { Link } from './slack-blocks.ts'

export interface EmailFrame {
  subject: string
  /** What an inbox shows beside the subject. */
  preheader: string
  date: string
  /** A line each. */
  headlines: readonly string[]
  /** Below the headline; undefined: the body says it all. */
  lede: Html | undefined
  isSimulated: boolean
  body: Html
  /** The first is the button. */
  links: readonly Link[]
  footer: readonly Html[]
}

/** A whole e-mail of 600 pixels, narrower on phones. It loads nothing and needs no picture to be understood. */
export function emailHtml(frame: EmailFrame): string {
  const { subject, preheader, date, headlines, lede, isSimulated, body, links, footer } = frame
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="color-scheme" content="light only">
<meta name="supported-color-schemes" content="light only">
<title>${subject}</title>
<style>:root{color-scheme:light only}${trusted(phoneStyle)}</style>
</head>
<body style="${emailStyle.body}">
<div style="${emailStyle.preheader}">${preheader}${trusted('&#847;&zwnj;&nbsp;'.repeat(40))}</div>
<table role="presentation" align="center" width="600" cellpadding="0" cellspacing="0" style="${emailStyle.page}">
${isSimulated ? html`<tr><td style="${emailStyle.hatch}">&nbsp;</td></tr>` : nothing}
<tr><td class="pad" style="${emailStyle.head}">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0"><tr><td style="${emailStyle.brand}">|<span style="${emailStyle.mark}">–●–</span> Incumbent</td><td style="${emailStyle.date}">${date}</td></tr></table>
<h1 style="${emailStyle.headline}">${headlines.map((line, index) => html`${index === 0 ? nothing : html`<br>`}${withWholeNames(line)}`)}</h1>
${lede === undefined ? nothing : html`<p style="${emailStyle.lede}">${lede}</p>`}
${body}
${buttons(links)}
</td></tr>
<tr><td class="pad" style="${emailStyle.footer}">${footer.map((line) => html`<p style="margin:0 0 6px">${line}</p>`)}</td></tr>
</table>
</body>
</html>
`.markup
}

const mostOfWholeName = 30

/** Names of models are not broken at their hyphens, unless a phone has no room for them. */
function withWholeNames(line: string): Html {
  const parts = line.replace(/(Tiers?) (?=\d)/gi, '$1\u00a0').split(/([^ ]*-[^ ]*)/)
  return html`${parts.map((part, index) => (index % 2 === 1 && part.length <= mostOfWholeName ? html`<span style="white-space:nowrap">${part}</span>` : part))}`
}

function buttons([first, ...others]: readonly Link[]): Html {
  if (first === undefined) return nothing
  const rest = others.map(({ label, url }) => html` &nbsp; <a href="${url}" style="${emailStyle.link}">${label}</a>`)
  return html`<p style="margin:20px 0 28px"><a href="${first.url}" style="${emailStyle.button}">${first.label}</a>${rest}</p>`
}
