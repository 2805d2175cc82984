import { createTransport } from 'nodemailer'
import { emailFailure } from './email-failure.ts'
import { type EmailSettings, secretsOf, timeouts } from './email-sender.ts'
import { slackClient } from './slack-client.ts'
import { slackFailure } from './slack-failure.ts'
import type { SlackSettings } from './slack-sender.ts'

/** Whether a channel could be used now; nothing is sent. */
export type ChannelCheck = { isReady: true; words: string } | { isReady: false; words: string }

/** What a message with a picture needs. */
const neededScopes = ['chat:write', 'files:write']

/** Asks Slack who the token is of, and whether it may do what a report needs. */
export async function checkSlack(
  { token, apiUrl }: Pick<SlackSettings, 'token' | 'apiUrl'>,
  channel: string,
  signal: AbortSignal,
): Promise<ChannelCheck> {
  try {
    const { team, user, response_metadata: metadata } = await slackClient(token, apiUrl, signal).auth.test()
    const missing = neededScopes.filter((scope) => metadata?.scopes?.includes(scope) === false)
    if (missing.length === 0) return { isReady: true, words: `the app is ${user} in the workspace ${team}` }
    const words = `the app lacks ${missing.join(' and ')}. Add it under "OAuth & Permissions" and install the app again.`
    return { isReady: false, words }
  } catch (error) {
    return { isReady: false, words: slackFailure(error, channel, token).reason }
  }
}

/** Greets the mail server and logs in. */
export async function checkEmail({ smtpUrl }: Pick<EmailSettings, 'smtpUrl'>): Promise<ChannelCheck> {
  const transport = createTransport({ url: smtpUrl, ...timeouts })
  try {
    await transport.verify()
    return { isReady: true, words: `${new URL(smtpUrl).hostname} lets it in` }
  } catch (error) {
    return { isReady: false, words: emailFailure(error, secretsOf(smtpUrl)).reason }
  } finally {
    transport.close()
  }
}
