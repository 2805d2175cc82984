import * as z from 'zod'
import { given } from '../given.ts'
import type { HttpClient } from '../http-client.ts'
import { jsonIn } from '../json-in.ts'
import type { Endpoint } from '../provider-errors/endpoint.ts'
import { foreignReply } from '../provider-errors/unusable-reply.ts'
import type { Prompt } from '../tokens/prompt.ts'
import { withinDeadline } from '../within-deadline.ts'
import { contentsOf } from './contents.ts'
import { geminiReplyFailure } from './gemini-failure.ts'
import { toolsOf } from './generate-body.ts'
import { modelPath } from './model-path.ts'

const countSchema = z.object({ totalTokens: z.int().nonnegative() })
const timeoutMs = 2_000

/** Counts a prompt as the service bills it. @throws ProviderError when it does not count */
export async function countGeminiTokens(http: HttpClient, endpoint: Endpoint, prompt: Prompt): Promise<number> {
  const { modelId, messages, tools = [] } = prompt
  const { systemInstruction, contents } = contentsOf(modelId, messages)
  const model = modelPath(modelId)
  const counted = { model, contents, ...given({ systemInstruction, tools: toolsOf(tools) }) }
  return withinDeadline(endpoint, { signal: prompt.signal, timeoutMs }, async (signal) => {
    const body = JSON.stringify({ generateContentRequest: counted })
    const reply = await http.send({ method: 'POST', path: `/v1beta/${model}:countTokens`, body, signal })
    if (reply.status !== 200) throw geminiReplyFailure(endpoint, reply)
    const parsed = countSchema.safeParse(jsonIn(reply.text))
    if (!parsed.success) throw foreignReply(endpoint, 'JSON that is no count of tokens')
    return parsed.data.totalTokens
  })
}
