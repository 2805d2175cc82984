import type { PageContext } from '../dashboard/page-context.ts'
import type { Route } from '../http/exchange.ts'
import type { ApiRoute } from './api-route.ts'
import { apiRoutes } from './api-routes.ts'
import { costsApi } from './costs-api.ts'
import { datasetsApi } from './datasets-api.ts'
import { deliveriesApi } from './deliveries-api.ts'
import { docsRoutes } from './docs-routes.ts'
import { evaluationsApi } from './evaluations-api.ts'
import { exportsApi } from './exports-api.ts'
import { modelsApi } from './models-api.ts'
import { tiersApi } from './tiers-api.ts'

/** Everything under `/api/`. */
export function serviceApi(context: PageContext): Route[] {
  const routes = pagesApi(context)
  return apiRoutes([...routes, ...docsRoutes(context, routes)])
}

/** What the pages show and do, in the order in which the document lists it. */
export function pagesApi(context: PageContext): ApiRoute[] {
  return [
    ...tiersApi(context),
    ...evaluationsApi(context),
    ...modelsApi(context),
    ...costsApi(context),
    ...deliveriesApi(context),
    ...datasetsApi(context),
    ...exportsApi(context),
  ]
}
