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
  const lines = changes.map(({ x }) => x)
  for (const { x, words } of changes) {
    const free = [...candidates(x, textWidth(words, sizePx), width, changes.length)].find((candidate) => {
      return placed.every((other) => !collide(candidate, other)) && (candidate.row > 0 || !isCrossed(candidate, lines))
    })
    placed.push(free ?? onRowOfItsOwn(x, textWidth(words, sizePx), width, placed))
  }
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

/** Lines of later words rise through row 0 only. */
function isCrossed(words: PlacedWords, lines: readonly number[]): boolean {
  return lines.some((x) => x !== words.x && within(x, words))
}

function collide(one: PlacedWords, other: PlacedWords): boolean {
  if (one.row === other.row) return one.left < other.right + gapPx && other.left < one.right + gapPx
  const [upper, lower] = one.row > other.row ? [one, other] : [other, one]
  return within(upper.x, lower)
}

function within(x: number, { left, right }: PlacedWords): boolean {
  return x > left - 2 && x < right + 2
}
