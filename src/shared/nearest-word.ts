/**
 * The word that somebody who wrote `word` most likely meant; undefined when none is near: at most two slips in a long
 * word, one in a short one, where swapped neighbours count as one slip and case does not count.
 */
export function nearestWord(word: string, words: readonly string[]): string | undefined {
  const most = word.length < 5 ? 1 : 2
  let nearest: { word: string; slips: number } | undefined
  for (const candidate of words) {
    const slips = slipsBetween(word.toLowerCase(), candidate.toLowerCase())
    if (slips <= most && slips < (nearest?.slips ?? Number.POSITIVE_INFINITY)) nearest = { word: candidate, slips }
  }
  return nearest?.word
}

/** `; did you mean "…"?` for the end of a message, or nothing. */
export function didYouMean(word: string, words: readonly string[]): string {
  const meant = nearestWord(word, words)
  return meant === undefined ? '' : `; did you mean "${meant}"?`
}

/** Optimal string alignment distance: insertions, deletions, replacements and swaps of neighbours. */
function slipsBetween(from: string, to: string): number {
  let twoBack: number[] = []
  let previous = Array.from({ length: to.length + 1 }, (_, column) => column)
  for (let row = 1; row <= from.length; row += 1) {
    const current = [row]
    for (let column = 1; column <= to.length; column += 1) {
      const replaced = at(previous, column - 1) + (from[row - 1] === to[column - 1] ? 0 : 1)
      const isSwap = row > 1 && column > 1 && from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1]
      const swapped = isSwap ? at(twoBack, column - 2) + 1 : Number.POSITIVE_INFINITY
      current.push(Math.min(at(previous, column) + 1, at(current, column - 1) + 1, replaced, swapped))
    }
    twoBack = previous
    previous = current
  }
  return at(previous, to.length)
}

function at(row: readonly number[], column: number): number {
  return row[column] ?? Number.POSITIVE_INFINITY
}
