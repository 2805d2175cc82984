import type { IncomingMessage, ServerResponse } from 'node:http'

/** A request and its response, as the handler of a route gets them. */
export interface Exchange {
  request: IncomingMessage
  response: ServerResponse
  /** The caller's `x-request-id` where it is a plain one, else one that was made; it stands in the response and in the log. */
  requestId: string
  /** Undefined until it is found. */
  route: Route | undefined
  /** Of the path, by name. */
  params: Readonly<Record<string, string>>
  /** The name of the token that the request came with; undefined where none is needed. */
  caller: string | undefined
  /** Aborted with a `Cancelled` when nobody waits for the answer any more. */
  signal: AbortSignal
  /** Aborted when the service is to stop: what has no end of its own ends now, all else has some time left. */
  stopping: AbortSignal
  /** What the line of the log says beside method, path, status and time. Never a prompt, never an answer. */
  noted: Record<string, string | number | undefined>
}

export interface Route {
  method: 'GET' | 'POST' | 'DELETE'
  /** `/v1/models/{id}`: a parameter is one segment; at the end it takes the rest of the path. */
  path: string
  /** Answers also without a token. */
  isOpen?: boolean
  /** Leaves no line in the log while it succeeds: it is asked all the time. */
  isQuiet?: boolean
  handle(exchange: Exchange): Promise<void> | void
}
