import * as z from 'zod'
import type { HttpClient } from '../http-client.ts'
import type { ListedModel } from '../provider.ts'
import type { Endpoint } from '../provider-errors/endpoint.ts'
import { httpProblemError } from '../provider-errors/http-problem.ts'
import { replyProblem } from '../provider-errors/reply-problem.ts'
import { foreignReply, parsedReply } from '../provider-errors/unusable-reply.ts'
import { withinDeadline } from '../within-deadline.ts'

const pageSchema = z.object({
  models: z
    .array(
      z.object({
        name: z.string(),
        displayName: z.string().optional().catch(undefined),
        version: z.string().optional().catch(undefined),
        inputTokenLimit: z.int().positive().optional().catch(undefined),
        supportedGenerationMethods: z.array(z.string()).catch([]),
      }),
    )
    .default([]),
  nextPageToken: z.string().optional().catch(undefined),
})

const listTimeoutMs = 30_000
const maxPages = 20

/** Models that speak, draw or embed can be asked like chat models; only their names tell. */
const otherPurposes = /embedding|imagen|-tts|-image|-audio|-live|aqa|robotics|computer-use/

/** The chat models that the key may use. */
export async function listGeminiModels(
  http: HttpClient,
  endpoint: Endpoint,
  signal: AbortSignal = new AbortController().signal,
): Promise<ListedModel[]> {
  return withinDeadline(endpoint, { signal, timeoutMs: listTimeoutMs }, async (deadline) => {
    const listed: ListedModel[] = []
    let token: string | undefined
    for (let page = 0; page < maxPages; page += 1) {
      const { models, nextPageToken } = await loadPage(http, endpoint, token, deadline)
      for (const { name, displayName, version, inputTokenLimit, supportedGenerationMethods } of models) {
        if (!supportedGenerationMethods.includes('generateContent') || otherPurposes.test(name)) continue
        const id = name.replace(/^models\//, '')
        listed.push({ id, contextTokens: inputTokenLimit, description: displayName, version })
      }
      if (nextPageToken === undefined || nextPageToken === '') break
      token = nextPageToken
    }
    return listed
  })
}

async function loadPage(http: HttpClient, endpoint: Endpoint, token: string | undefined, signal: AbortSignal) {
  const after = token === undefined ? '' : `&pageToken=${encodeURIComponent(token)}`
  const reply = await http.send({ method: 'GET', path: `/v1beta/models?pageSize=1000${after}`, signal })
  if (reply.status !== 200) throw httpProblemError(endpoint, replyProblem(reply))
  const parsed = pageSchema.safeParse(parsedReply(endpoint, reply.text))
  if (!parsed.success) throw foreignReply(endpoint, 'JSON of another shape')
  return parsed.data
}
