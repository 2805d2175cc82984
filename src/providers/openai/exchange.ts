import type { JsonObject } from '../../shared/json.ts'
import type { StreamedReply } from '../http/streamed-reply.ts'
import type { HttpClient, HttpReply } from '../http-client.ts'
import type { Endpoint } from '../provider-errors/endpoint.ts'
import { httpProblemError } from '../provider-errors/http-problem.ts'
import { replyProblem } from '../provider-errors/reply-problem.ts'
import type { RefusedSettings } from './refused-settings.ts'

/** What one question to the server brought, and how many requests it took to find out which settings it takes. */
export interface Exchange<Reply = HttpReply> {
  reply: Reply
  /** When the request was sent that was answered, of `performance.now()`. */
  startedMs: number
  attempts: number
}

/** Asks until the server is told no setting that it does not take. */
export interface Exchanges {
  whole(modelId: string, body: JsonObject, signal: AbortSignal): Promise<Exchange>
  streamed(modelId: string, body: JsonObject, signal: AbortSignal): Promise<Exchange<StreamedReply>>
}

export function createExchanges(endpoint: Endpoint, http: HttpClient, refused: RefusedSettings): Exchanges {
  /** Repeats a request without a setting that the server says it does not take, and remembers that. */
  async function accepted<Reply extends { status: number }>(
    modelId: string,
    body: JsonObject,
    send: (body: string) => Promise<Reply>,
    refusalIn: (reply: Reply) => Promise<HttpReply>,
  ): Promise<Exchange<Reply>> {
    for (let attempts = 1; ; attempts += 1) {
      const settings = refused.without(modelId, body)
      const startedMs = performance.now()
      const reply = await send(JSON.stringify(settings))
      if (reply.status === 200) return { reply, startedMs, attempts }
      const refusal = await refusalIn(reply)
      if (!refused.learn(modelId, settings, refusal)) throw httpProblemError(endpoint, replyProblem(refusal))
    }
  }

  const request = (body: string, signal: AbortSignal) =>
    ({ method: 'POST', path: '/chat/completions', body, signal }) as const
  return {
    whole: (modelId, body, signal) =>
      accepted(
        modelId,
        body,
        (text) => http.send(request(text, signal)),
        async (reply) => reply,
      ),
    streamed: (modelId, body, signal) =>
      accepted(
        modelId,
        body,
        (text) => http.open(request(text, signal)),
        (reply) => http.whole(reply),
      ),
  }
}
