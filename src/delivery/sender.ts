import type { RefusedAddress } from '../database/delivery-queries.ts'
import type { Message } from '../reporting/messages/message.ts'

/** A message on its way. */
export interface Letter {
  /** The same for each try, and for no other message. */
  key: string
  /** Slack channel, or e-mail addresses separated by commas. */
  recipient: string
  message: Message
  /** The message to which this one is an answer, as the sender called it; undefined: it stands for itself. */
  answers: string | undefined
  /** What an earlier try that did not do everything called it; undefined: none got so far, or nobody knows. */
  sentAs: string | undefined
  /** Whether an earlier try may have got through without anybody noting it. */
  mayHaveArrived: boolean
  createdAt: Date
}

export type SendResult = Sent | SendRetry | SendFailure

export interface Sent {
  status: 'sent'
  /** What the receiving server calls it. */
  reference: string
  /** What of it could not be sent, in words; undefined: nothing. */
  missing: string | undefined
  /** Those who did not get it. */
  refused: RefusedAddress[]
}

/** It did not work now, and may later. */
export interface SendRetry {
  status: 'retry'
  reason: string
  /** As the server asks for; undefined: it does not say. */
  afterMs: number | undefined
  /** Where a part of it has arrived: what the server calls that. */
  reference: string | undefined
}

/** It will not work until a person has done something. */
export interface SendFailure {
  status: 'failed'
  /** What is wrong, and what to do. */
  reason: string
  refused: RefusedAddress[]
}

export interface Sender {
  /** Never throws, and takes no longer than two minutes. */
  send(letter: Letter, signal: AbortSignal): Promise<SendResult>
}

/** A channel that is wanted and cannot be reached. */
export function missingSender(reason: string): Sender {
  return { send: () => Promise.resolve({ status: 'failed', reason, refused: [] }) }
}
