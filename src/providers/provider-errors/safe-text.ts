const maxCharacters = 300

/** What a secret looks like in the text of a server that repeats the request: headers, query parameters, known prefixes. */
const secretShapes: readonly [RegExp, string][] = [
  [/\b(bearer|basic)\s+[^\s"',;]+/gi, '$1 ***'],
  [
    /\b(api[-_]?key|x-goog-api-key|authorization|access[-_]?token|key)(["']?\s*[=:]\s*["']?)(?!\*)[^\s"'&,;]+/gi,
    '$1$2***',
  ],
  [/\bAIza[\w-]{10,}/g, '***'],
  [/\bsk-[\w-]{6,}/g, '***'],
  [/:\/\/[^\s/@]+@/g, '://***@'],
]

/** Somebody else's text for a message of ours: on one line, at most 300 characters, with secrets replaced by `***`. */
export function safeText(text: string, secrets: readonly string[]): string {
  let safe = text.slice(0, 4 * maxCharacters)
  for (const secret of secrets) if (secret !== '') safe = safe.replaceAll(secret, '***')
  for (const [shape, replacement] of secretShapes) safe = safe.replace(shape, replacement)
  safe = safe.replace(/\s+/g, ' ').trim()
  return safe.length > maxCharacters ? `${safe.slice(0, maxCharacters - 1)}…` : safe
}
