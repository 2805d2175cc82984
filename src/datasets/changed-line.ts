import { isJsonObject, type JsonObject } from '../shared/json.ts'

/**
 * The text of a file of JSON lines with the line of one key changed. All other lines, and the line ends, stay as they are,
 * byte for byte.
 * @throws Error when no line has the key
 */
export function withChangedLine(text: string, key: string, change: (line: JsonObject) => JsonObject): string {
  const parts = text.split(/(\r\n|\n|\r)/)
  const place = parts.findIndex((part) => objectWith(part)?.key === key)
  const line = objectWith(parts[place] ?? '')
  if (line === undefined) throw new Error(`No line has the key "${key}".`)
  return parts.with(place, JSON.stringify(change(line))).join('')
}

function objectWith(text: string): JsonObject | undefined {
  if (text.trim() === '') return undefined
  const value: unknown = JSON.parse(text.replace(/^\uFEFF/, ''))
  return isJsonObject(value) ? value : undefined
}
