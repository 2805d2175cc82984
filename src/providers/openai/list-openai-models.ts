import * as z from 'zod'
import type { HttpClient } from '../http-client.ts'
import type { ListedModel } from '../provider.ts'
import type { Endpoint } from '../provider-errors/endpoint.ts'
import { httpProblemError } from '../provider-errors/http-problem.ts'
import { replyProblem } from '../provider-errors/reply-problem.ts'
import { foreignReply, parsedReply } from '../provider-errors/unusable-reply.ts'
import { withinDeadline } from '../within-deadline.ts'

const tokens = z.int().positive().optional().catch(undefined)

const listSchema = z.object({
  data: z.array(
    z.object({
      id: z.string(),
      /** vLLM, some hosted services, llama.cpp. */
      max_model_len: tokens,
      context_window: tokens,
      meta: z.object({ n_ctx_train: tokens }).nullish().catch(undefined),
    }),
  ),
})

const listTimeoutMs = 30_000

/** The list does not say what a model is for; names of other kinds do. */
const otherPurposes = /embed|whisper|tts|transcribe|dall-e|image|moderation|rerank|realtime|audio|sora/i

/** The chat models that the server offers. */
export async function listOpenAiModels(
  http: HttpClient,
  endpoint: Endpoint,
  signal: AbortSignal = new AbortController().signal,
): Promise<ListedModel[]> {
  return withinDeadline(endpoint, { signal, timeoutMs: listTimeoutMs }, async (deadline) => {
    const reply = await http.send({ method: 'GET', path: '/models', signal: deadline })
    if (reply.status !== 200) throw httpProblemError(endpoint, replyProblem(reply))
    const parsed = listSchema.safeParse(parsedReply(endpoint, reply.text))
    if (!parsed.success) throw foreignReply(endpoint, 'JSON that is no list of models')
    return parsed.data.data
      .filter(({ id }) => !otherPurposes.test(id))
      .map(({ id, max_model_len, context_window, meta }) => ({
        id,
        contextTokens: max_model_len ?? context_window ?? meta?.n_ctx_train,
        description: undefined,
      }))
  })
}
