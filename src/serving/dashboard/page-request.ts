import * as z from 'zod'
import { asApiError } from '../api/api-error.ts'
import { readApiRequest } from '../api/read-api-request.ts'
import type { Exchange, Route } from '../http/exchange.ts'

/** The query of a page, checked as that of the API is. @throws GatewayError 400 that says what is wrong */
export async function queryOfPage<Q extends z.ZodObject>(exchange: Exchange, query: Q): Promise<z.output<Q>> {
  const request = await readApiRequest(exchange, { params: z.unknown(), query: query.strict(), body: undefined })
  return request.query as z.output<Q>
}

/** A page that tells a person what there is not, and what was asked wrongly. */
export function page(path: string, show: (exchange: Exchange) => Promise<void>): Route {
  return {
    method: 'GET',
    path,
    async handle(exchange) {
      try {
        await show(exchange)
      } catch (error) {
        throw asApiError(error)
      }
    },
  }
}
