import { setImmediate as nextTurn } from 'node:timers/promises'

/** The encoding of OpenAI's models since GPT-4o; those of other families count a few per cent more or less. */
export const localEncoding = 'o200k_base'

/** Counted in one go; then other requests have their turn. */
const sliceLength = 32_768
/** The time for a run of characters without a break grows with its square. */
const longestRun = /([^\s]{512}|\s{512})/u
const everySpecialWordIsText = { disallowedSpecial: new Set<string>() }

/**
 * Tokens of a text. Runs of more than 512 characters without white space (or of nothing else) are cut, which may add one
 * token for each cut.
 */
export async function countLocally(text: string): Promise<number> {
  // Its table takes a fifth of a second and 60 MB.
  const { countTokens } = await import('gpt-tokenizer/encoding/o200k_base')
  let tokens = 0
  let start = 0
  while (start < text.length) {
    if (start > 0) await nextTurn()
    const end = sliceEnd(text, start)
    for (const part of text.slice(start, end).split(longestRun)) tokens += countTokens(part, everySpecialWordIsText)
    start = end
  }
  return tokens
}

/** Before a space between two letters, where the encoding always begins a new token; anywhere where there is none near. */
function sliceEnd(text: string, start: number): number {
  const end = start + sliceLength
  if (end >= text.length) return text.length
  const near = text.slice(end - 1_024, end + 1)
  const cut = [...near.matchAll(/[a-z](?= [a-z])/g)].at(-1)
  if (cut !== undefined) return end - 1_024 + cut.index + 1
  return isLowSurrogate(text.charCodeAt(end)) ? end - 1 : end
}

function isLowSurrogate(code: number): boolean {
  return code >= 0xdc00 && code <= 0xdfff
}
