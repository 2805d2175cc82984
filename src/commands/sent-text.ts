import { InvalidArgumentError } from 'commander'
import { type DeliveryChannel, deliveryChannels } from '../database/delivery-queries.ts'
import { WorkFailed } from '../shared/work-failed.ts'
import type { SentMessage } from '../workflows/delivery/send-now.ts'
import { channelNames } from './channel-names.ts'
import { names } from './options.ts'
import { printLine } from './print.ts'

export function chosenChannels(text: string): DeliveryChannel[] {
  return names(text).map((name) => {
    const channel = deliveryChannels.find((each) => each === name)
    if (channel === undefined) {
      throw new InvalidArgumentError(`expected some of ${deliveryChannels.join(', ')}, got "${name}".`)
    }
    return channel
  })
}

/**
 * Tells what became of messages, unless it was printed as JSON already.
 * @throws WorkFailed when one was not sent
 */
export function printSent(sent: readonly SentMessage[], { isPrinted }: { isPrinted: boolean }): void {
  if (!isPrinted) for (const message of sent) printLine(sentText(message))
  const failed = sent.filter(({ status }) => status !== 'sent')
  if (failed.length > 0)
    throw new WorkFailed(`Not sent: ${failed.map(({ channel }) => channelNames[channel]).join(', ')}.`)
}

/** One line, and one more for what is wrong. */
export function sentText({ channel, recipient, problem, ...message }: SentMessage): string {
  const line = `${channelNames[channel]} (${recipient}): ${outcomeWords(message)}`
  return problem === null ? line : `${line}\n  ${problem}`
}

function outcomeWords({
  status,
  already,
  sentAt,
  nextTryAt,
}: Omit<SentMessage, 'channel' | 'recipient' | 'problem'>): string {
  if (sentAt !== null) {
    return already ? `has it since ${minute(sentAt)}; --again sends it once more` : `sent ${minute(sentAt)}`
  }
  if (status === 'waiting' && nextTryAt !== null) {
    return `not sent yet; a running service tries it again at ${minute(nextTryAt)}`
  }
  return 'not sent'
}

function minute(time: string): string {
  return `${time.slice(0, 16).replace('T', ' ')} UTC`
}
