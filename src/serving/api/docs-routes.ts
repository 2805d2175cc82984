import * as z from 'zod'
import type { JsonObject } from '../../shared/json.ts'
import { packageVersion } from '../../shared/package-root.ts'
import type { ApiRoute } from './api-route.ts'
import { defineApi } from './define-api.ts'
import { gatewayDescriptions } from './gateway-descriptions.ts'
import { openApiDocument } from './open-api-document.ts'

/** The OpenAPI document of the service: the given routes, those of the gateway, and this one. */
export function docsRoutes(routes: readonly ApiRoute[]): ApiRoute[] {
  let document: JsonObject | undefined
  const docs: ApiRoute = defineApi({
    method: 'GET',
    path: '/api/docs',
    summary: 'This description of the API',
    description: 'An OpenAPI 3.1 document.',
    response: z.record(z.string(), z.json()),
    handle: () => (document ??= openApiDocument([...routes, docs, ...gatewayDescriptions()], packageVersion())),
  })
  return [docs]
}
