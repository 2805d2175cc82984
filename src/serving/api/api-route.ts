import type * as z from 'zod'
import type { Exchange } from '../http/exchange.ts'

/** What the OpenAPI document tells of a route. */
export interface ApiDescription {
  method: 'GET' | 'POST' | 'DELETE'
  path: string
  summary: string
  description: string | undefined
  params: z.ZodObject
  query: z.ZodObject
  /** Undefined: none. */
  body: z.ZodType | undefined
  answer: {
    /** Of a JSON answer. */
    schema: z.ZodType | undefined
    contentTypes: readonly [string, ...string[]]
  }
  /** Answers also without a token. */
  isOpen?: boolean
}

export interface ApiRoute extends ApiDescription {
  handle(exchange: Exchange): Promise<void>
}
