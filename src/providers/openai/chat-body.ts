import { isJsonObject, type JsonObject, type JsonValue } from '../../shared/json.ts'
import { given } from '../given.ts'
import type { GenerateRequest } from '../provider.ts'
import type { SchemaSupport } from './schema-probe.ts'

/** The request for an answer. Defaults of servers differ, so that nothing that matters is left to them. */
export function chatBody(request: GenerateRequest, support: SchemaSupport): JsonObject {
  const { modelId, messages, answerSchema, maxOutputTokens, temperature, seed } = request
  return {
    model: modelId,
    messages: messages.map(({ role, content }) => ({ role, content })),
    ...given({ max_tokens: maxOutputTokens, temperature, seed }),
    ...(answerSchema === undefined || support === 'refused' ? {} : { response_format: responseFormat(answerSchema) }),
    ...withoutThinking,
  }
}

/** How vLLM, llama.cpp and others are told not to think; servers that do not know it ignore or refuse it. */
export const withoutThinking = { chat_template_kwargs: { enable_thinking: false } }

export function responseFormat(schema: JsonObject): JsonObject {
  return { type: 'json_schema', json_schema: { name: 'answer', schema, strict: isStrict(schema) } }
}

const supportWarnings: Readonly<Record<SchemaSupport, string | undefined>> = {
  enforced: undefined,
  ignored: "The server does not enforce the answer's schema: a probe was answered freely.",
  refused: 'The server takes no schema (response_format json_schema): it was not sent.',
  unproven: "Whether the server enforces the answer's schema could not be shown: a probe brought no answer.",
}

export function schemaWarnings({ answerSchema }: GenerateRequest, support: SchemaSupport): string[] {
  if (answerSchema === undefined) return []
  const warning = supportWarnings[support]
  if (warning !== undefined) return [warning]
  return isStrict(answerSchema)
    ? []
    : [
        "The answer's schema has optional or unnamed properties: sent without strict, which some servers do not enforce.",
      ]
}

/** OpenAI's strict mode: every object names all its properties, requires all of them and allows no other. */
function isStrict(node: JsonValue): boolean {
  if (Array.isArray(node)) return node.every(isStrict)
  if (!isJsonObject(node)) return true
  const { properties, required } = node
  if (isJsonObject(properties)) {
    const names = Array.isArray(required) ? new Set(required) : new Set<JsonValue>()
    if (node.additionalProperties !== false || !Object.keys(properties).every((name) => names.has(name))) return false
  }
  return Object.values(node).every(isStrict)
}
