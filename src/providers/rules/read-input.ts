import type { JsonObject } from '../../shared/json.ts'
import type { PhraseIndex } from './phrases.ts'
import { type Reading, readText } from './read-text.ts'

/** Gives the texts of some keys of an input. Each text is read once, however many rules ask for it. */
export type InputReader = (fields: readonly string[]) => Reading[]

/** @param headings the phrases that begin the heading of a section */
export function createInputReader(input: JsonObject, headings: PhraseIndex<string>): InputReader {
  const readings = new Map<string, Reading>()
  return (fields) => fields.map((field) => reading(field)).filter((text) => text !== undefined)

  function reading(field: string): Reading | undefined {
    const value = Object.hasOwn(input, field) ? input[field] : undefined
    if (typeof value !== 'string') return undefined
    const read = readings.get(field) ?? readText(value, headings)
    readings.set(field, read)
    return read
  }
}
