import type { StreamedReply } from '../http/streamed-reply.ts'
import type { HttpClient } from '../http-client.ts'
import type { Endpoint } from '../provider-errors/endpoint.ts'
import { httpProblemError } from '../provider-errors/http-problem.ts'
import { replyProblem } from '../provider-errors/reply-problem.ts'
import { brokenReply, foreignReply } from '../provider-errors/unusable-reply.ts'

/**
 * A `fetch` for the Ollama client that obeys a signal and turns failures into ours. The client never sees one: it would
 * print a line to standard output, where only results belong.
 */
export function fetchFor(http: HttpClient, endpoint: Endpoint, signal: AbortSignal): typeof fetch {
  const base = new URL(endpoint.baseUrl).pathname.replace(/\/+$/, '')
  return async (input, init) => {
    const { pathname, search } = new URL(input instanceof Request ? input.url : input)
    const reply = await http.send({
      method: init?.method === 'POST' ? 'POST' : 'GET',
      path: pathname.slice(base.length) + search,
      ...(typeof init?.body === 'string' ? { body: init.body } : {}),
      signal,
    })
    if (reply.status !== 200) throw httpProblemError(endpoint, replyProblem(reply))
    if (reply.text.trimStart().startsWith('<')) throw foreignReply(endpoint, 'an HTML page')
    return new Response(reply.text, { status: 200 })
  }
}

/** Calls the client, whose only failure of its own is a reply that is no JSON. */
export async function callOllama<T>(endpoint: Endpoint, call: () => Promise<T>): Promise<T> {
  try {
    return await call()
  } catch (error) {
    throw error instanceof SyntaxError ? brokenReply(endpoint) : error
  }
}

/** The body of a reply that streams. @throws ProviderError when the server refuses, or something else answers */
export async function openOllama(
  http: HttpClient,
  endpoint: Endpoint,
  path: string,
  body: object,
  signal: AbortSignal,
): Promise<StreamedReply['chunks']> {
  const reply = await http.open({ method: 'POST', path, body: JSON.stringify(body), signal })
  if (reply.status !== 200) throw httpProblemError(endpoint, replyProblem(await http.whole(reply)))
  if (String(reply.headers['content-type']).includes('html')) throw foreignReply(endpoint, 'an HTML page')
  return reply.chunks
}
