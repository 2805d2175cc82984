import type * as z from 'zod'
import type { Exchange } from '../http/exchange.ts'

/**
 * What comes, by its content type, the usual one first. Of events and of lines of JSON it is the schema of one; undefined is
 * text.
 */
export type AnswerContent = Readonly<Record<string, z.ZodType | undefined>>

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
  answer: AnswerContent
  /** Answers of another form than errors have, by status. */
  otherAnswers?: Readonly<Record<number, { description: string; content: AnswerContent }>>
  /** Answers also without a token. */
  isOpen?: boolean
}

export interface ApiRoute extends ApiDescription {
  handle(exchange: Exchange): Promise<void>
}
