import * as z from 'zod'
import type { JsonObject } from '../../shared/json.ts'
import { packageVersion } from '../../shared/package-root.ts'
import { wantsPage } from '../dashboard/error-page.ts'
import type { PageContext } from '../dashboard/page-context.ts'
import { sendPage } from '../dashboard/send-page.ts'
import type { ApiRoute } from './api-route.ts'
import { defineApi } from './define-api.ts'
import { docsPage } from './docs-page.ts'
import { gatewayDescriptions } from './gateway-descriptions.ts'
import { openApiDocument } from './open-api-document.ts'
import { queryOf } from './read-api-request.ts'
import { jsonObject } from './schemas/quantities.ts'

/** The OpenAPI document of the service, for people as a page: the given routes, those of the gateway, and this one. */
export function docsRoutes(context: PageContext, routes: readonly ApiRoute[]): ApiRoute[] {
  let document: JsonObject | undefined
  const made = () => (document ??= openApiDocument([...routes, docs, ...gatewayDescriptions()], packageVersion()))
  const docs: ApiRoute = defineApi({
    method: 'GET',
    path: '/api/docs',
    summary: 'This description of the API',
    description: 'An OpenAPI 3.1 document; a browser gets a page.',
    query: z.object({ format: z.literal('json').optional().describe('The document, whoever asks.') }),
    response: jsonObject.describe('An OpenAPI 3.1 document.'),
    handle: made,
  })
  return [
    {
      ...docs,
      async handle(exchange) {
        const isDocument = !wantsPage(exchange) || 'format' in queryOf(exchange.request.url ?? '/')
        if (isDocument) return docs.handle(exchange)
        sendPage(context, exchange, { title: 'API', path: '/api/docs', body: docsPage(made()) })
      },
    },
  ]
}
