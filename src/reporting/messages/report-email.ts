import { colourIn, type Token } from '../charts/tokens.ts'
import type { CycleReport } from '../cycle-report.ts'
import { type Html, html, nothing } from '../render-html/html.ts'
import { costTable } from '../report-tables.ts'
import { emailHtml } from './email-frame.ts'
import { emailSentence } from './email-sentence.ts'
import { emailStyle } from './email-style.ts'
import type { EmailMessage } from './message.ts'
import { chartNote, chartTitle, messageChart, type Picture } from './message-chart.ts'
import { reportFooter } from './report-footer.ts'
import { reportText } from './report-text.ts'
import type { ReportWords } from './report-words.ts'
import type { TierWords } from './tier-words.ts'

const cid = 'differences@incumbent'

export async function reportEmail(report: CycleReport, words: ReportWords): Promise<EmailMessage> {
  const chart = await messageChart(
    report,
    words.tiers.map(({ tier }) => tier),
    'email',
  )
  const { subject, headlines, preheader, date, lede, isSimulated, links } = words
  return {
    subject,
    html: emailHtml({
      subject,
      preheader,
      date,
      headlines,
      lede: emailSentence(lede),
      isSimulated,
      body: html`${todo(words)}${tiers(words)}${picture(chart)}${notes(words)}${costs(report)}`,
      links,
      footer: reportFooter(words).map(emailSentence),
    }),
    text: reportText(report, words),
    images: chart === undefined ? [] : [{ cid, name: 'differences.png', png: chart.png, alt: chart.alt }],
  }
}

function todo({ todo: steps }: ReportWords): Html {
  if (steps.length === 0) return nothing
  const items = steps.map((step) => html`<p style="margin:4px 0 0">${emailSentence(step)}</p>`)
  return html`<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="margin:0 0 20px;border-collapse:collapse"><tr><td style="border-left:3px solid ${colourIn('light', 'warn')};padding:2px 0 4px 14px"><span style="${emailStyle.strong}">Waiting for you</span>${items}</td></tr></table>`
}

function tiers({ tiers: all, moreTiers }: ReportWords): Html {
  if (all.length === 0) return nothing
  const more =
    moreTiers === undefined
      ? nothing
      : html`<tr><td colspan="3" style="${emailStyle.cell};${emailStyle.quiet}">${emailSentence(moreTiers)}</td></tr>`
  return html`<table width="100%" cellpadding="0" cellspacing="0" style="border-collapse:collapse">${all.map(tierRow)}${more}</table>`
}

const glyphs: Record<string, string> = { Switch: '→', Keep: '■', 'Gather more': '|•|' }
const tones: Record<string, Token> = { Switch: 'challenger', Keep: 'ink', 'Gather more': 'ink-2' }

function tierRow(words: TierWords): Html {
  const { tier, name, incumbent, verdict, sure, details, notTested } = words
  const tone = colourIn('light', words.isSimulated && verdict === 'Switch' ? 'sim' : (tones[verdict] ?? 'ink'))
  const below = [...details, ...(notTested === undefined ? [] : [`Not tested: ${notTested}`])]
  return html`<tr>
<td class="stack first" width="150" style="${emailStyle.cell}"><span style="${emailStyle.strong}">Tier ${tier}</span> <span style="${emailStyle.small}">${name}</span><br><span style="${emailStyle.small}">${incumbent}</span>${words.isSimulated ? html`<br><span style="${emailStyle.simulated}">simulated</span>` : nothing}</td>
<td class="stack" width="128" style="${emailStyle.cell}"><span style="font-weight:600;color:${tone};white-space:nowrap">${glyphs[verdict] ?? ''} ${verdict}</span>${sure === undefined ? nothing : html`<br><span style="${emailStyle.small}">${sure}</span>`}</td>
<td class="stack last" style="${emailStyle.cell};padding-right:0">${figure(words)}${below.map((line) => html`<span style="${emailStyle.quiet}">${line}</span><br>`)}</td>
</tr>`
}

function figure({ challenger, difference, interval }: TierWords): Html {
  if (challenger === undefined) return nothing
  if (difference === undefined) return html`${challenger} was not measured<br>`
  return html`<span style="${emailStyle.strong}">${difference}</span> <span style="${emailStyle.faint}">${interval}</span><br>${challenger}<br>`
}

function picture(chart: Picture | undefined): Html {
  if (chart === undefined) return nothing
  return html`<div style="${emailStyle.block}"><p style="${emailStyle.title}">${chartTitle}</p><p style="margin:0 0 10px;${emailStyle.small}">${chartNote}</p><img src="cid:${cid}" width="${chart.width}" alt="${chart.alt}" style="display:block;width:100%;max-width:${chart.width}px;height:auto;border:0;${emailStyle.small}"></div>`
}

function notes({ cost, look, next }: ReportWords): Html {
  const parts = [note('Cost', cost === '' ? [] : [cost]), note('Look at this', look), note('Next', next)]
  const known = parts.filter(({ markup }) => markup !== '')
  return known.length === 0 ? nothing : html`<div style="${emailStyle.block}">${known}</div>`
}

function note(title: string, sentences: readonly string[]): Html {
  if (sentences.length === 0) return nothing
  const label = html`<span style="${emailStyle.strong}">${title}.</span>`
  const [first = '', ...others] = sentences
  return html`<p style="${emailStyle.paragraph}">${label} ${emailSentence(first)}${others.map((each) => html`<br>${emailSentence(each)}`)}</p>`
}

const mostModels = 12

/** What each model cost in a week, and costs in the month. */
function costs({ costs: known }: CycleReport): Html {
  const { titles, rows } = costTable(known)
  if (rows.length === 0) return nothing
  const more = rows.length - mostModels
  const head = titles.map((title, index) => costCell(title, index, 'th'))
  const body = rows
    .slice(0, mostModels)
    .map((row) => html`<tr>${row.map((text, index) => costCell(text, index, 'td'))}</tr>`)
  const left = more > 0 ? html`<p style="${emailStyle.small};margin:0">And ${more} more models.</p>` : nothing
  return html`<p style="${emailStyle.title};margin-top:14px">Costs by model</p><p style="margin:0 0 8px;${emailStyle.small}">Tests, live requests and copies in the shadow: of the last seven days.</p><table width="100%" cellpadding="0" cellspacing="0" style="border-collapse:collapse;margin:0 0 8px"><tr>${head}</tr>${body}</table>${left}`
}

function costCell(text: string, index: number, tag: 'th' | 'td'): Html {
  const [align, left] = index === 0 ? ['left', 0] : ['right', 8]
  const padding = `padding:5px 0 5px ${left}px`
  if (tag === 'th')
    return html`<th scope="col" align="${align}" style="${padding};font-weight:400;${emailStyle.small}">${text}</th>`
  const line = `border-top:1px solid ${colourIn('light', 'line')}`
  return html`<td align="${align}" style="${padding};${line};font-size:12.5px;line-height:18px">${text}</td>`
}
