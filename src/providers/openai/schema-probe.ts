import type { JsonObject } from '../../shared/json.ts'
import { ProviderError } from '../provider.ts'
import type { Endpoint } from '../provider-errors/endpoint.ts'
import { withoutThinking } from './chat-body.ts'
import type { Exchange } from './exchange.ts'
import { readOpenAiReply } from './openai-reply.ts'
import { schemaFormat } from './response-format.ts'

/**
 * What a server does with the schema of an answer. Several take one and do not keep to it, with the status of success.
 */
export type SchemaSupport = 'enforced' | 'ignored' | 'refused' | 'unproven'

/** No model says this unless it is made to. */
const forcedWord = 'heron-4417'

const probeSchema: JsonObject = {
  type: 'object',
  properties: { word: { type: 'string', enum: [forcedWord] } },
  required: ['word'],
  additionalProperties: false,
}

/** Enough for the object, and for a model that cannot be kept from thinking a little. */
const probeTokens = 256

/**
 * Asks for one thing and demands another by the schema.
 * @throws ProviderError when the server cannot be asked at all
 */
export async function probeSchemaSupport(
  endpoint: Endpoint,
  modelId: string,
  exchange: (body: JsonObject) => Promise<Exchange>,
): Promise<SchemaSupport> {
  const body = {
    model: modelId,
    messages: [{ role: 'user', content: 'Say hello.' }],
    max_tokens: probeTokens,
    temperature: 0,
    response_format: schemaFormat(probeSchema),
    ...withoutThinking,
  }
  try {
    const { reply } = await exchange(body)
    const { text, finishReason } = readOpenAiReply(endpoint, reply, 0)
    if (isForced(text)) return 'enforced'
    return text.trim() === '' || finishReason.unified === 'length' ? 'unproven' : 'ignored'
  } catch (error) {
    if (error instanceof ProviderError && error.kind === 'invalid-request') return 'refused'
    throw error
  }
}

function isForced(text: string): boolean {
  try {
    const answer: unknown = JSON.parse(text)
    return typeof answer === 'object' && answer !== null && 'word' in answer && answer.word === forcedWord
  } catch {
    return false
  }
}
