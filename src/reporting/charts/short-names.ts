import { textWidth } from './text-width.ts'

export interface NameRoom {
  widthPx: number
  sizePx: number
  weight?: number
}

/**
 * Model names that fit, each still different from the others: where one is too long, its first parts go (…flash-lite-001),
 * or else its middle (qwen3-4b…FP8).
 * @returns in the same order
 */
export function shortNames(names: readonly string[], room: NameRoom): string[] {
  const short = names.map((name) => withoutFirstParts(name, room))
  for (const shorten of otherWays) {
    const alike = names.map((name, index) => short.some((other, at) => other === short[index] && names[at] !== name))
    names.forEach((name, index) => {
      if (alike[index] === true) short[index] = shorten(name, room)
    })
  }
  return short
}

type Shorten = (name: string, room: NameRoom) => string

const otherWays: Shorten[] = [0.5, 0.3, 0.7, 0.15, 0.85].map(withoutMiddle)

function withoutFirstParts(name: string, room: NameRoom): string {
  if (fits(name, room)) return name
  const starts = [...name.matchAll(/[-/:_ ]/g)].map(({ index }) => `…${name.slice(index + 1)}`)
  return starts.find((rest) => rest.length > 4 && fits(rest, room)) ?? withoutMiddle(0.5)(name, room)
}

/** @param headShare how much of what is left stands before the gap */
function withoutMiddle(headShare: number): Shorten {
  return (name, room) => {
    if (fits(name, room)) return name
    const letters = Array.from(name)
    for (let kept = letters.length - 1; kept > 1; kept--) {
      const head = Math.round(kept * headShare)
      const short = `${letters.slice(0, head).join('')}…${letters.slice(letters.length - kept + head).join('')}`
      if (fits(short, room)) return short
    }
    return '…'
  }
}

function fits(text: string, { widthPx, sizePx, weight }: NameRoom): boolean {
  return textWidth(text, sizePx, weight) <= widthPx
}
