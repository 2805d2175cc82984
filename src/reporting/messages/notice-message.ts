import { longDate, timeOfDay } from '../../shared/format-date.ts'
import { colourIn, type Token } from '../charts/tokens.ts'
import { type Html, html } from '../render-html/html.ts'
import { cutAt } from './cut-at.ts'
import { emailHtml } from './email-frame.ts'
import { emailSentence } from './email-sentence.ts'
import { emailStyle } from './email-style.ts'
import type { EmailMessage, Message, MessageContext, SlackMessage } from './message.ts'
import { simulatedNote } from './report-footer.ts'
import {
  type Block,
  bold,
  context as contextBlock,
  header,
  type Link,
  links,
  mrkdwn,
  section,
  withCode,
} from './slack-blocks.ts'

/** Short news without tables. */
export interface Notice {
  headline: string
  at: Date
  /** Of the edge beside the words. */
  tone: Token
  /** What happened, what the system did, what a person may do. */
  paragraphs: readonly string[]
  /** Label and value, such as `Tier` and `1`. */
  facts: readonly (readonly [string, string])[]
  links: readonly Link[]
  /** Why one gets it, and how to get it no more. */
  footer: readonly string[]
  isSimulated: boolean
}

export function noticeMessage(notice: Notice, context: Pick<MessageContext, 'timeZone'>): Message {
  const { headline, isSimulated } = notice
  const subject = cutAt(200, `${isSimulated ? '[simulated] ' : ''}${headline}`)
  const told = isSimulated ? { ...notice, footer: [...notice.footer, simulatedNote] } : notice
  const date = dateWords(notice.at, context.timeZone)
  return { subject, headline, slack: slackOf(told, subject, date), email: emailOf(told, subject, date) }
}

function dateWords(at: Date, timeZone: string): string {
  return `${longDate(at, timeZone)}, ${timeOfDay(at, timeZone)} (${timeZone})`
}

function slackOf({ paragraphs, facts, links: all, footer }: Notice, subject: string, date: string): SlackMessage {
  const known = facts.map(([label, value]) => `${bold(label)} ${withCode(value)}`).join('   ')
  const blocks: Block[] = [
    header(subject),
    section(paragraphs.map(withCode).join('\n')),
    ...(known === '' ? [] : [section(known)]),
    ...links(all),
    contextBlock([date, ...footer].map(withCode).join(' · ')),
  ]
  return { text: mrkdwn(subject), blocks, images: [], thread: undefined }
}

function emailOf(notice: Notice, subject: string, date: string): EmailMessage {
  const { headline, paragraphs, facts, footer, links: all, isSimulated, tone } = notice
  const [first = ''] = paragraphs
  const edge = `border-left:3px solid ${colourIn('light', tone)};padding:2px 0 1px 14px`
  const told = paragraphs.map((words) => html`<p style="${emailStyle.paragraph}">${emailSentence(words)}</p>`)
  const body = html`<div style="${edge}">${told}</div>${factTable(facts)}`
  return {
    subject,
    html: emailHtml({
      subject,
      preheader: cutAt(140, first),
      date,
      headlines: [headline],
      lede: undefined,
      isSimulated,
      body,
      links: all,
      footer: footer.map(emailSentence),
    }),
    text: textOf(notice, date),
    images: [],
  }
}

function factTable(facts: Notice['facts']): Html {
  const rows = facts.map(
    ([label, value]) =>
      html`<tr><td width="110" style="${emailStyle.fact};${emailStyle.faint}">${label}</td><td style="${emailStyle.fact}">${emailSentence(value)}</td></tr>`,
  )
  return html`<table width="100%" cellpadding="0" cellspacing="0" style="border-collapse:collapse;margin-top:16px">${rows}</table>`
}

function textOf({ headline, paragraphs, facts, links: all, footer }: Notice, date: string): string {
  const parts = [
    headline,
    date,
    ...paragraphs,
    facts.map(([label, value]) => `${label}: ${value}`).join('\n'),
    all.map(({ label, url }) => `${label}: ${url}`).join('\n'),
    `-- \n${footer.join('\n')}`,
  ]
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`
}
