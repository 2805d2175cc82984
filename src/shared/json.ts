import { createHash } from 'node:crypto'

export type JsonValue = string | number | boolean | null | JsonValue[] | JsonObject
export interface JsonObject {
  [key: string]: JsonValue
}

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Plain data as it comes back from where JSON is stored: what is undefined is left out, a time is its ISO text. */
export function asStored(value: object): JsonObject {
  return JSON.parse(JSON.stringify(value)) as JsonObject
}

/** JSON with the keys of every object sorted by code point, so that equal values give equal text. */
export function canonicalJson(value: JsonValue): string {
  return JSON.stringify(value, (_key, inner: unknown) => (isJsonObject(inner) ? sortedByKey(inner) : inner))
}

/** SHA-256 of the canonical JSON, as 64 hex digits. */
export function contentHash(value: JsonValue): string {
  return createHash('sha256').update(canonicalJson(value)).digest('hex')
}

function sortedByKey(object: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(object).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)))
}
