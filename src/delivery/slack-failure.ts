import { WebAPIHTTPError, WebAPIPlatformError, WebAPIRateLimitedError, WebAPIRequestError } from '@slack/web-api'
import type { SendFailure, SendRetry } from './sender.ts'
import { withoutSecrets } from './without-secrets.ts'

export type SlackFailure = SendRetry | SendFailure

/** Which failures of Slack may go away by themselves, and what a person does about the others. */
export function slackFailure(error: unknown, channel: string, token: string): SlackFailure {
  if (error instanceof WebAPIRateLimitedError)
    return retry(`Slack asks to wait ${error.retryAfter} seconds`, error.retryAfter * 1000)
  if (error instanceof WebAPIPlatformError) return ofPlatform(error, channel)
  if (error instanceof WebAPIHTTPError) {
    const reason = `Slack answered with status ${error.statusCode}`
    return error.statusCode >= 500 || error.statusCode === 429 ? retry(reason) : failed(`${reason}.`)
  }
  const cause = error instanceof WebAPIRequestError ? error.original : error
  const words = withoutSecrets(wordsOf(cause), [token])
  return retry(`Slack could not be reached: ${words}. If that goes on, check the network of this machine.`)
}

/** The word by which Slack refuses a call; undefined where it did not get as far as that. */
export function slackWord(error: unknown): string | undefined {
  return error instanceof WebAPIPlatformError ? error.data.error : undefined
}

function ofPlatform({ data }: WebAPIPlatformError, channel: string): SlackFailure {
  const word = data.error
  const reason = `Slack answered ${word}`
  if (passing.has(word)) return retry(reason)
  const { needed = 'chat:write' } = data as { needed?: string }
  return failed(`${reason}: ${remedies[word]?.(channel, needed) ?? `https://docs.slack.dev says what that means.`}`)
}

/** As Slack's reference of its methods describes them. */
const passing = new Set([
  'internal_error',
  'fatal_error',
  'service_unavailable',
  'request_timeout',
  'ratelimited',
  'rate_limited',
  'team_added_to_org',
])

const newToken = () =>
  'the bot token does not hold. Install the app again, and put the new token where reports.slack.token says.'
const noChannel = (channel: string) =>
  `it knows no channel ${channel}, or the app may not see it. Check reports.slack.channel, and write /invite @<app> in it.`

const remedies: Record<string, (channel: string, needed: string) => string> = {
  invalid_auth: newToken,
  not_authed: newToken,
  token_revoked: newToken,
  token_expired: newToken,
  account_inactive: newToken,
  channel_not_found: noChannel,
  not_in_channel: (channel) => `the app is not in ${channel}. Write /invite @<app> there.`,
  is_archived: (channel) => `${channel} is archived. Name another one in reports.slack.channel.`,
  restricted_action: (channel) => `the workspace does not let the app write in ${channel}. Ask who runs the workspace.`,
  missing_scope: (_, needed) =>
    `the app lacks the scope ${needed}. Add it under "OAuth & Permissions" and install the app again.`,
}

function retry(reason: string, afterMs?: number): SendRetry {
  return { status: 'retry', reason, afterMs, reference: undefined }
}

function failed(reason: string): SendFailure {
  return { status: 'failed', reason, refused: [] }
}

/** Node.js hides what went wrong with a connection behind "fetch failed". */
function wordsOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const { cause } = error
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : undefined
  return [error.message, code ?? (cause instanceof Error ? cause.message : undefined)]
    .filter((words) => words !== undefined)
    .join(' ')
}
