import type { Route } from '../http/exchange.ts'
import { asApiError } from './api-error.ts'
import type { ApiRoute } from './api-route.ts'

/** The routes of an API for the router. */
export function apiRoutes(routes: readonly ApiRoute[]): Route[] {
  return routes.map((route) => ({
    method: route.method,
    path: route.path,
    ...(route.isOpen === undefined ? {} : { isOpen: route.isOpen }),
    async handle(exchange) {
      try {
        await route.handle(exchange)
      } catch (error) {
        throw asApiError(error)
      }
    },
  }))
}
