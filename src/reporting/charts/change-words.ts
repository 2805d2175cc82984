import { textWidth } from './text-width.ts'

/** Words over the line of a change, in pixels; row 0 stands right above the frame. */
export interface PlacedWords {
  x: number
  left: number
  right: number
  row: number
}

export const changeRowPx = 17
const sizePx = 12
const gapPx = 6

/**
 * Puts the words of changes above the frame so that none stands on another or in the way of another's line: centred on
 * their own line where they can, else beside it, else a row higher.
 * @param changes from left to right
 */
export function placeChangeWords(changes: readonly { x: number; words: string }[], width: number): PlacedWords[] {
  const placed: PlacedWords[] = []
  changes.forEach(({ x, words }, index) => {
    const wide = textWidth(words, sizePx)
    const free = [...candidates(x, wide, width, changes.length)].filter((candidate) => {
      return placed.every((other) => !collide(candidate, other))
    })
    const later = changes.slice(index + 1).map((change) => change.x)
    const clear = free.find((candidate) => !later.some((line) => within(line, candidate)))
    // Higher up, a later line need not reach the words.
    placed.push(clear ?? free.find(({ row }) => row > 0) ?? onRowOfItsOwn(x, wide, width, placed))
  })
  return placed
}

/** Lines of others may go through them there. */
function onRowOfItsOwn(x: number, wide: number, width: number, others: readonly PlacedWords[]): PlacedWords {
  const left = Math.max(0, Math.min(width - wide, x - wide / 2))
  return { x, left, right: left + wide, row: Math.max(0, ...others.map(({ row }) => row + 1)) }
}

function* candidates(x: number, wide: number, width: number, rows: number): Generator<PlacedWords> {
  for (let row = 0; row <= rows; row++) {
    for (const left of [x - wide / 2, x - wide + 3, x - 3]) {
      if (left >= 0 && left + wide <= width) yield { x, left, right: left + wide, row }
    }
  }
}

function collide(one: PlacedWords, other: PlacedWords): boolean {
  if (one.row === other.row) return one.left < other.right + gapPx && other.left < one.right + gapPx
  const [upper, lower] = one.row > other.row ? [one, other] : [other, one]
  return within(upper.x, lower)
}

function within(x: number, { left, right }: PlacedWords): boolean {
  return x > left - 2 && x < right + 2
}
