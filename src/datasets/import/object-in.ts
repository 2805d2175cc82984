import { isJsonObject, type JsonObject, type JsonValue } from '../../shared/json.ts'

/** The object that a cell holds, as itself or as JSON text; undefined when it holds none. */
export function objectIn(cell: JsonValue | undefined): JsonObject | undefined {
  const value = typeof cell === 'string' && cell.trim().startsWith('{') ? jsonIn(cell) : cell
  return isJsonObject(value) ? value : undefined
}

/** The JSON in a text; undefined when it is none. */
export function jsonIn(text: string): JsonValue | undefined {
  try {
    return JSON.parse(text) as JsonValue
  } catch {
    return undefined
  }
}
