declare const jsonText: unique symbol
/** JSON as text that a jsonb column takes: the only type that table types accept for such a column. */
export type JsonText = string & { readonly [jsonText]: true }

/**
 * JSON text of a value for a jsonb parameter. PostgreSQL knows neither U+0000 nor half a surrogate pair, and models say
 * both: each becomes U+FFFD.
 */
export function toJsonText(value: object): JsonText {
  return JSON.stringify(value).replace(escapeSequence, (found) =>
    unstorable.test(found) ? '\\ufffd' : found,
  ) as JsonText
}

// JSON.stringify writes a half surrogate as an escape and a whole pair as it is, so every such escape is a half.
const escapeSequence = /\\(?:u[0-9a-f]{4}|.)/g
const unstorable = /^\\u(?:0000|d[89a-f][0-9a-f]{2})$/
