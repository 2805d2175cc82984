import type { JsonObject } from '../../shared/json.ts'
import { responseSchemaOf, type TranslatedSchema } from './response-schema.ts'

const byObject = new WeakMap<JsonObject, TranslatedSchema>()
/** The oldest goes first; applications have few schemas, which come anew with each of their requests. */
const byText = new Map<string, TranslatedSchema>()
const mostTexts = 200

/** An answer's schema in Gemini's dialect, translated once for each distinct schema. */
export function translatedSchema(answerSchema: JsonObject): TranslatedSchema {
  const known = byObject.get(answerSchema)
  if (known !== undefined) return known
  const text = JSON.stringify(answerSchema)
  const translation = byText.get(text) ?? responseSchemaOf(answerSchema)
  byObject.set(answerSchema, translation)
  byText.set(text, translation)
  const oldest = byText.keys().next()
  if (byText.size > mostTexts && oldest.done !== true) byText.delete(oldest.value)
  return translation
}
