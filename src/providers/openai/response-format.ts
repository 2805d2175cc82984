import { isJsonObject, type JsonObject, type JsonValue } from '../../shared/json.ts'
import type { GenerateRequest } from '../provider.ts'
import type { SchemaSupport } from './schema-probe.ts'

/** What the request says about the form of the answer; undefined for free text. */
export function responseFormat(request: GenerateRequest, support: SchemaSupport): JsonObject | undefined {
  const { answerSchema, schemaName = 'answer', strict } = request
  if (answerSchema === undefined) return request.responseFormat === undefined ? undefined : { type: 'json_object' }
  return support === 'refused' ? undefined : schemaFormat(answerSchema, schemaName, strict)
}

export function schemaFormat(schema: JsonObject, name = 'answer', strict = isStrict(schema)): JsonObject {
  return { type: 'json_schema', json_schema: { name, schema, strict } }
}

const supportWarnings: Readonly<Record<SchemaSupport, string | undefined>> = {
  enforced: undefined,
  ignored: "The server does not enforce the answer's schema: a probe was answered freely.",
  refused: 'The server takes no schema (response_format json_schema): it was not sent.',
  unproven: "Whether the server enforces the answer's schema could not be shown: a probe brought no answer.",
}

const notStrict =
  "The answer's schema has optional or unnamed properties: sent without strict, which some servers do not enforce."

export function schemaWarnings({ answerSchema, strict }: GenerateRequest, support: SchemaSupport): string[] {
  if (answerSchema === undefined) return []
  const warning = supportWarnings[support]
  if (warning !== undefined) return [warning]
  return strict === undefined && !isStrict(answerSchema) ? [notStrict] : []
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
