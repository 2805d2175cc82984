import { type Kysely, sql } from 'kysely'
import type { Tables } from '../database/tables.ts'
import type { Gateway } from './gateway/answerer.ts'
import type { Route } from './http/exchange.ts'
import { askAgainMs, setRetryAfter } from './http/retry-after.ts'
import { sendJson, sendText } from './http/send.ts'
import type { Metrics } from './metrics.ts'
import { succeedsWithin } from './succeeds-within.ts'

const databaseTimeoutMs = 2_000

/** For whoever watches the service: is it alive, can it do its work, and what does it do. */
export function healthRoutes(db: Kysely<Tables>, gateway: Pick<Gateway, 'missing'>, { registry }: Metrics): Route[] {
  return [
    {
      method: 'GET',
      path: '/healthz',
      isOpen: true,
      isQuiet: true,
      handle: ({ response }) => sendJson(response, 200, { status: 'alive' }),
    },
    {
      method: 'GET',
      path: '/readyz',
      isOpen: true,
      isQuiet: true,
      async handle({ response }) {
        const isDatabaseThere = await succeedsWithin(sql`select 1`.execute(db), databaseTimeoutMs)
        const missing = [...(isDatabaseThere ? [] : ['The database does not answer.']), ...gateway.missing()]
        const isReady = missing.length === 0
        if (!isReady) setRetryAfter(response, askAgainMs.database)
        sendJson(response, isReady ? 200 : 503, { status: isReady ? 'ready' : 'not ready', missing })
      },
    },
    {
      method: 'GET',
      path: '/metrics',
      isQuiet: true,
      async handle({ response }) {
        sendText(response, 200, await registry.metrics(), { 'content-type': registry.contentType })
      },
    },
  ]
}
