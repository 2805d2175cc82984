import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Config } from '../../src/config/config.ts'
import type { DeliveryChannel } from '../../src/database/delivery-queries.ts'
import type { Clock } from '../../src/shared/clock.ts'
import { connectSenders } from '../../src/workflows/delivery/connect-senders.ts'
import type { Senders } from '../../src/workflows/delivery/deliver-due.ts'
import { configOf, emptyFolder } from '../config/config-folder.ts'
import { type LoopbackSlack, startLoopbackSlack } from './loopback-slack.ts'
import { type LoopbackSmtp, startLoopbackSmtp } from './loopback-smtp.ts'

export interface LoopbackChannels {
  slack: LoopbackSlack
  smtp: LoopbackSmtp
  /** A configuration that sends to both. */
  config(): Config
  /** The path of its file, for another process; it is removed with the test. */
  configFile(): string
  senders(clock: Clock): Promise<Senders>
  /** Keys of what Slack has got, and Message-IDs of what the mail server has. */
  received(): Record<DeliveryChannel, string[]>
  close(): Promise<void>
}

/** Slack and a mail server on 127.0.0.1. */
export async function startLoopbackChannels(): Promise<LoopbackChannels> {
  const [slack, smtp] = await Promise.all([startLoopbackSlack(), startLoopbackSmtp()])
  const environment = { SLACK_BOT_TOKEN: 'xoxb-loopback', SMTP_URL: smtp.url }
  const text = `
reports:
  slack: { channel: "#models", token: \${SLACK_BOT_TOKEN}, apiUrl: "${slack.url}" }
  email: { to: [a@example.com, b@example.com], from: incumbent@example.com, smtp: \${SMTP_URL} }
`
  const config = () => configOf(text, environment)
  return {
    slack,
    smtp,
    config,
    configFile: () => {
      const path = join(emptyFolder(), 'incumbent.yaml')
      const filled = Object.entries(environment).map(([name, value]) => `${name}=${value}`)
      writeFileSync(path, text)
      writeFileSync(join(path, '../.env'), filled.join('\n'))
      return path
    },
    senders: (clock) => connectSenders(config(), clock),
    received: () => ({
      slack: slack.messages.flatMap(({ key = '' }) => (key.endsWith(' thread') ? [] : [key])),
      email: smtp.mails.map(({ messageId }) => messageId),
    }),
    close: async () => {
      await Promise.all([slack.close(), smtp.close()])
    },
  }
}
