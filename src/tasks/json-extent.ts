/** Where one bracketed stretch of JSON ends, found without parsing it; `undefined` end: the text stops before it does. */
export interface JsonExtent {
  /** Index after the closing bracket. */
  end: number | undefined
  /** How deep the brackets are nested; 1 for a flat object. */
  depth: number
}

/** Follows the brackets from the one at `start`; those inside of strings do not count. Takes one pass over the text. */
export function jsonExtent(text: string, start: number): JsonExtent {
  let open = 0
  let depth = 0
  for (let index = start; index < text.length; index += 1) {
    const character = text[index]
    if (character === '"') {
      index = endOfString(text, index)
    } else if (character === '{' || character === '[') {
      open += 1
      depth = Math.max(depth, open)
    } else if (character === '}' || character === ']') {
      open -= 1
      if (open === 0) return { end: index + 1, depth }
    }
  }
  return { end: undefined, depth }
}

/** Index of the closing quotation mark; the text's length when there is none. */
function endOfString(text: string, start: number): number {
  for (let index = start + 1; index < text.length; index += 1) {
    if (text[index] === '\\') index += 1
    else if (text[index] === '"') return index
  }
  return text.length
}
