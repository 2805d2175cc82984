import { type Logger, LogLevel, WebClient } from '@slack/web-api'

const callTimeoutMs = 15_000

/** Retries are made by whoever keeps the record of the message. */
export function slackClient(token: string, apiUrl: string | undefined, limit: AbortSignal): WebClient {
  return new WebClient(token, {
    ...(apiUrl === undefined ? {} : { slackApiUrl: `${apiUrl.replace(/\/+$/, '')}/` }),
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    logger: silent,
    fetch: (url, init) => fetch(url, { ...init, signal: AbortSignal.any([limit, AbortSignal.timeout(callTimeoutMs)]) }),
  })
}

/** Its lines would show what is sent. */
const silent: Logger = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  setLevel: () => undefined,
  getLevel: () => LogLevel.ERROR,
  setName: () => undefined,
}
