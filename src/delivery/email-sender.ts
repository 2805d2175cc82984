import { createHash } from 'node:crypto'
import { createTransport } from 'nodemailer'
import { emailFailure, refusedAddresses } from './email-failure.ts'
import type { Letter, Sender, SendResult } from './sender.ts'

export interface EmailSettings {
  /** Such as smtps://user:password@mail.example.com. */
  smtpUrl: string
  from: string
}

const sendTimeoutMs = 100_000
export const timeouts = {
  dnsTimeout: 10_000,
  connectionTimeout: 15_000,
  greetingTimeout: 15_000,
  socketTimeout: 60_000,
}

/** Sends messages by e-mail, one to all addresses. The Message-ID follows from the key: each try has the same. */
export function createEmailSender({ smtpUrl, from }: EmailSettings): Sender {
  const transport = createTransport({ url: smtpUrl, ...timeouts })
  const secrets = secretsOf(smtpUrl)
  return {
    async send(letter, signal): Promise<SendResult> {
      try {
        const limit = AbortSignal.any([signal, AbortSignal.timeout(sendTimeoutMs)])
        const { rejectedErrors = [] } = await transport.sendMail({ ...mailOf(letter, from), signal: limit })
        const refused = refusedAddresses(rejectedErrors, secrets)
        return { status: 'sent', reference: messageId(letter.key, from), missing: undefined, refused }
      } catch (error) {
        return emailFailure(error, secrets)
      }
    },
  }
}

function mailOf({ key, recipient, message, answers }: Letter, from: string) {
  const { subject, html, text, images } = message.email
  return {
    from,
    to: recipient,
    subject,
    html,
    text,
    messageId: messageId(key, from),
    ...(answers === undefined ? {} : { inReplyTo: answers, references: answers }),
    attachments: images.map(({ cid, name, png }) => ({
      cid,
      filename: name.endsWith('.png') ? name : `${name}.png`,
      content: Buffer.from(png),
      contentType: 'image/png',
      contentDisposition: 'inline' as const,
    })),
    // Nobody is to be told by a machine that somebody is on holiday.
    headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
  }
}

function messageId(key: string, from: string): string {
  const domain = /@([^@>\s]+)>?$/.exec(from)?.[1] ?? 'localhost'
  return `<${createHash('sha256').update(key).digest('hex').slice(0, 32)}.incumbent@${domain}>`
}

/** The password as it stands in the address and as it is meant. */
export function secretsOf(smtpUrl: string): string[] {
  const { password } = URL.canParse(smtpUrl) ? new URL(smtpUrl) : { password: '' }
  return [smtpUrl, password, decoded(password)]
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
