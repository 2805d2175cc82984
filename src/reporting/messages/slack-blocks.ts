import { commandParts } from '../command-parts.ts'
import { cutAt } from './cut-at.ts'

/** Those of Slack's Block Kit that our messages are made of, in its own field names. */
export type Block = HeaderBlock | SectionBlock | ImageBlock | ContextBlock | ActionsBlock

export interface HeaderBlock {
  type: 'header'
  text: PlainText
}

export interface SectionBlock {
  type: 'section'
  text: Mrkdwn
}

export interface ImageBlock {
  type: 'image'
  /** The name of a picture of the message, until it is uploaded and has an id of Slack's. */
  slack_file: { id: string }
  alt_text: string
}

export interface ContextBlock {
  type: 'context'
  elements: Mrkdwn[]
}

/** Links only: what changes something is done where a name and a reason are given. */
export interface ActionsBlock {
  type: 'actions'
  elements: LinkButton[]
}

export interface LinkButton {
  type: 'button'
  text: PlainText
  url: string
  action_id: string
}

interface PlainText {
  type: 'plain_text'
  text: string
  emoji: false
}

interface Mrkdwn {
  type: 'mrkdwn'
  text: string
}

/** Characters of a header, of a section or context, of a button and of an alternative text; blocks of a message. */
export const slackLimits = { header: 150, section: 3000, button: 75, alt: 2000, blocks: 50, elements: 10 } as const

export function header(text: string): HeaderBlock {
  return { type: 'header', text: plain(text, slackLimits.header) }
}

/** @param markup made by `mrkdwn`; it is cut between lines */
export function section(markup: string): SectionBlock {
  return { type: 'section', text: { type: 'mrkdwn', text: wholeLines(markup, slackLimits.section) } }
}

export function context(markup: string): ContextBlock {
  return { type: 'context', elements: [{ type: 'mrkdwn', text: wholeLines(markup, slackLimits.section) }] }
}

export function image(name: string, alt: string): ImageBlock {
  return { type: 'image', slack_file: { id: name }, alt_text: cutAt(slackLimits.alt, alt) }
}

export interface Link {
  label: string
  url: string
}

/** No block without a link. */
export function links(all: readonly Link[]): ActionsBlock[] {
  if (all.length === 0) return []
  const elements = all.map(({ label, url }, index): LinkButton => {
    return { type: 'button', text: plain(label, slackLimits.button), url, action_id: `link-${index + 1}` }
  })
  return [{ type: 'actions', elements }]
}

/** Text as Slack shows it letter by letter: nothing in it is markup, a mention or a link. */
export function mrkdwn(text: string): string {
  return neutral(text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;'))
}

export function bold(text: string): string {
  return text === '' ? '' : `*${mrkdwn(text)}*`
}

/** A sentence whose commands can be pasted. */
export function withCode(sentence: string): string {
  return commandParts(sentence)
    .map(({ text, isCommand }) => (isCommand ? `\`${mrkdwn(text)}\`` : mrkdwn(text)))
    .join('')
}

/** Spaces of no width keep a sign at the edge of a word from starting or ending a style. */
function neutral(text: string): string {
  return text.replace(/(?<![\p{L}\p{N}])[*_~`]+|[*_~`]+(?![\p{L}\p{N}])/gu, '\u200b$&\u200b')
}

function plain(text: string, most: number): PlainText {
  return { type: 'plain_text', text: cutAt(most, text), emoji: false }
}

/** Whole lines, so that no style or entity is cut in two. */
function wholeLines(markup: string, most: number): string {
  if (markup.length <= most) return markup
  const lines = markup.split('\n')
  while (lines.length > 1 && lines.join('\n').length + 2 > most) lines.pop()
  return `${cutAt(most - 2, lines.join('\n'))}\n…`
}
