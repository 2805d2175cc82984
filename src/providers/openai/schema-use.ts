import type { JsonObject } from '../../shared/json.ts'
import type { CachedPerKey } from '../cached-per-key.ts'
import { type GenerateRequest, ProviderError } from '../provider.ts'
import { chatBody } from './chat-body.ts'
import type { Exchange } from './exchange.ts'
import type { SchemaSupport } from './schema-probe.ts'

/** Asks with the answer's schema in the way that the server is known to take it. */
export interface SchemaUse {
  ask<Reply>(
    request: GenerateRequest,
    signal: AbortSignal,
    send: (body: JsonObject) => Promise<Exchange<Reply>>,
  ): Promise<Exchange<Reply> & { support: SchemaSupport }>
}

/** @param probesFirst false: a schema is sent as it is, and only a refusal makes it worth asking what the server takes */
export function createSchemaUse(probed: CachedPerKey<SchemaSupport>, probesFirst: boolean): SchemaUse {
  const withoutSchemas = new Set<string>()

  async function supportFor({ modelId, answerSchema }: GenerateRequest, signal: AbortSignal): Promise<SchemaSupport> {
    if (answerSchema === undefined) return 'enforced'
    return probesFirst || withoutSchemas.has(modelId) ? probed.get(modelId, signal) : 'enforced'
  }

  /** Whether a request was refused by a server that takes no schema at all, so that the question itself may be right. */
  async function takesNone(error: unknown, { modelId, answerSchema }: GenerateRequest, signal: AbortSignal) {
    if (probesFirst || answerSchema === undefined || withoutSchemas.has(modelId)) return false
    if (!(error instanceof ProviderError) || error.kind !== 'invalid-request') return false
    if ((await probed.get(modelId, signal)) !== 'refused') return false
    withoutSchemas.add(modelId)
    return true
  }

  return {
    async ask(request, signal, send) {
      const support = await supportFor(request, signal)
      try {
        return { ...(await send(chatBody(request, support))), support }
      } catch (error) {
        if (!(await takesNone(error, request, signal))) throw error
        return { ...(await send(chatBody(request, 'refused'))), support: 'refused' }
      }
    },
  }
}
