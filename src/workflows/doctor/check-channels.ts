import type { Config, EmailConfig, SlackConfig } from '../../config/config.ts'
import type { ChannelCheck } from '../../delivery/check-channels.ts'
import { type Check, good, problem, unused, warning } from './check.ts'

/** Whether Slack and the mail server would take a message; none is sent. */
export async function checkChannels({ reports }: Pick<Config, 'reports'>, signal: AbortSignal): Promise<Check[]> {
  const { slack, email } = reports
  if (slack === undefined && email === undefined) {
    const remedy = 'Name a channel under reports in incumbent.yaml (docs/messages.md)'
    return [warning('messages', 'nobody is told: neither Slack nor e-mail is configured', remedy)]
  }
  return Promise.all([
    slack === undefined ? unused('slack', 'not configured') : checkSlackChannel(slack, signal),
    email === undefined ? unused('e-mail', 'not configured') : checkMailServer(email),
  ])
}

async function checkSlackChannel({ channel, token, apiUrl }: SlackConfig, signal: AbortSignal): Promise<Check> {
  if (token === undefined) return problem('slack', 'no token', 'Set the variable that reports.slack.token names')
  const { checkSlack } = await import('../../delivery/check-channels.ts')
  return judged('slack', `to ${channel}`, await checkSlack({ token: token.reveal(), apiUrl }, channel, signal))
}

async function checkMailServer({ to, smtp }: EmailConfig): Promise<Check> {
  if (smtp === undefined) return problem('e-mail', 'no server', 'Set the variable that reports.email.smtp names')
  const { checkEmail } = await import('../../delivery/check-channels.ts')
  return judged('e-mail', `to ${to.join(', ')}`, await checkEmail({ smtpUrl: smtp.reveal() }))
}

function judged(part: string, recipient: string, { isReady, words }: ChannelCheck): Check {
  if (isReady) return good(part, `${recipient}: ${words}; npx incumbent notify test sends a trial message`)
  return problem(part, `${recipient}: ${words}`, null)
}
