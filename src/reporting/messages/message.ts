import type { Block } from './slack-blocks.ts'

/** One piece of news, rendered for every channel. The same sentences stand in all of them. */
export interface Message {
  /** Tells the news; says "[simulated]" where the models are. */
  subject: string
  /** The news as a sentence. */
  headline: string
  slack: SlackMessage
  email: EmailMessage
}

export interface SlackMessage extends SlackReply {
  /** What the image blocks show, by name: see `withUploaded`. */
  images: SlackImage[]
  /** What goes into the thread of the message. */
  thread: SlackReply | undefined
}

export interface SlackReply {
  /** For notifications, and for who cannot see blocks; mrkdwn, as the blocks are. */
  text: string
  blocks: Block[]
}

export interface SlackImage {
  name: string
  png: Uint8Array
  alt: string
}

export interface EmailMessage {
  subject: string
  html: string
  /** The same sentences. */
  text: string
  /** Of the `cid:` addresses in the HTML. */
  images: EmailImage[]
}

export interface EmailImage {
  cid: string
  name: string
  png: Uint8Array
  alt: string
}

/** What a message depends on besides its news. */
export interface MessageContext {
  timeZone: string
  /** Where people reach the dashboard, such as https://models.example.com; undefined: nowhere, and there are no links. */
  dashboardUrl: string | undefined
}
