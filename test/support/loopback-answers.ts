import { isJsonObject, type JsonObject, type JsonValue } from '../../src/shared/json.ts'

/** The smallest answer that a schema allows, in JSON Schema or in Gemini's dialect of it. */
export function exampleFor(schema: JsonValue | undefined): JsonValue {
  if (!isJsonObject(schema)) return null
  const { type, enum: allowed, const: only, properties, items, minItems } = schema
  if (only !== undefined) return only
  if (Array.isArray(allowed)) return allowed[0] ?? null
  const name = textIn(Array.isArray(type) ? type[0] : type).toLowerCase()
  if (name === 'object' && isJsonObject(properties)) {
    return Object.fromEntries(Object.entries(properties).map(([key, inner]) => [key, exampleFor(inner)]))
  }
  if (name === 'array') return Array.from({ length: Math.max(1, Number(minItems ?? 1)) }, () => exampleFor(items))
  return exampleOfType[name] ?? null
}

const exampleOfType: Record<string, JsonValue> = { object: {}, string: 'text', number: 1, integer: 1, boolean: true }

/** As rough as an estimate may be: about four characters a token. */
export function tokensOf(text: string): number {
  return Math.ceil(text.length / 4)
}

export function objectIn(value: JsonValue | undefined): JsonObject {
  return isJsonObject(value) ? value : {}
}

export function listIn(value: JsonValue | undefined): JsonObject[] {
  return Array.isArray(value) ? value.filter(isJsonObject) : []
}

export function textIn(value: JsonValue | undefined): string {
  return typeof value === 'string' ? value : ''
}

export function numberIn(value: JsonValue | undefined): number | undefined {
  return typeof value === 'number' ? value : undefined
}
