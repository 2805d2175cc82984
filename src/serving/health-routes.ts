import { setTimeout as delay } from 'node:timers/promises'
import { type Kysely, sql } from 'kysely'
import type { Tables } from '../database/tables.ts'
import type { Gateway } from './gateway/answerer.ts'
import type { Route } from './http/exchange.ts'
import { sendJson, sendText } from './http/send.ts'
import type { Metrics } from './metrics.ts'

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
        const missing = [...((await answers(db)) ? [] : ['The database does not answer.']), ...gateway.missing()]
        sendJson(response, missing.length === 0 ? 200 : 503, {
          status: missing.length === 0 ? 'ready' : 'not ready',
          missing,
        })
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

const databaseTimeoutMs = 2_000

async function answers(db: Kysely<Tables>): Promise<boolean> {
  const over = new AbortController()
  const asked = sql`select 1`.execute(db).then(
    () => true,
    () => false,
  )
  const inTime = delay(databaseTimeoutMs, false, { signal: over.signal }).catch(() => false)
  const result = await Promise.race([asked, inTime])
  over.abort()
  return result
}
