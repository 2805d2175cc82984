import type { Config, EmailConfig, SlackConfig } from '../../config/config.ts'
import { missingSender, type Sender } from '../../delivery/sender.ts'
import type { Clock } from '../../shared/clock.ts'
import type { Senders } from './deliver-due.ts'

/** What sends on each channel; what is not configured, or lacks its secret, says so instead. */
export async function connectSenders({ reports }: Pick<Config, 'reports'>, clock: Clock): Promise<Senders> {
  return { slack: await slackSender(reports.slack, clock), email: await emailSender(reports.email) }
}

async function slackSender(slack: SlackConfig | undefined, clock: Clock): Promise<Sender> {
  if (slack === undefined) return missingSender('Slack is not configured: add reports.slack with channel and token.')
  if (slack.token === undefined) {
    return missingSender('The token of Slack is missing: set the variable that reports.slack.token names.')
  }
  const { createSlackSender } = await import('../../delivery/slack-sender.ts')
  const sleep = (ms: number, signal?: AbortSignal) => clock.sleep(ms, signal)
  return createSlackSender({ token: slack.token.reveal(), apiUrl: slack.apiUrl, sleep })
}

async function emailSender(email: EmailConfig | undefined): Promise<Sender> {
  if (email === undefined) return missingSender('E-mail is not configured: add reports.email with to and smtp.')
  if (email.smtp === undefined) {
    return missingSender('The mail server is missing: set the variable that reports.email.smtp names.')
  }
  const { createEmailSender } = await import('../../delivery/email-sender.ts')
  const smtpUrl = email.smtp.reveal()
  return createEmailSender({ smtpUrl, from: email.from ?? userOf(smtpUrl) ?? email.to[0] ?? '' })
}

/** The user of a mail server, where it is an address. */
function userOf(smtpUrl: string): string | undefined {
  const { username } = URL.canParse(smtpUrl) ? new URL(smtpUrl) : { username: '' }
  const user = username.replaceAll('%40', '@')
  return user.includes('@') ? user : undefined
}
