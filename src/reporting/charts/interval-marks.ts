import { area, dot, type Mark, stroke } from './marks.ts'
import type { ModelLook } from './model-look.ts'

export interface IntervalPlace {
  /** Of the estimate, in pixels, as all of these. */
  x: number
  interval: readonly [number, number] | null
  y: number
  look: ModelLook
  /** Edges of the frame: what is cut by them ends in an arrow. */
  left: number
  right: number
}

/** An estimate with its interval on a row; hollow where no interval is known, an arrow where it lies outside. */
export function intervalMarks(at: IntervalPlace): Mark[] {
  const { x, y, look, left, right, interval } = at
  const line = interval === null ? [] : intervalLine(interval, at)
  if (x < left) return [...line, arrow([left, y], -1, look)]
  if (x > right) return [...line, arrow([right, y], 1, look)]
  return [...line, dot([x, y], { ...look, isHollow: look.isHollow || interval === null }, look.isLead ? 13 : 10)]
}

const arrowPx = 8

function intervalLine([low, high]: readonly [number, number], { y, look, left, right }: IntervalPlace): Mark[] {
  const from = low < left ? left + arrowPx / 2 : low
  const to = high > right ? right - arrowPx / 2 : high
  const ends = [
    ...(low < left ? [arrow([left, y], -1, look)] : []),
    ...(high > right ? [arrow([right, y], 1, look)] : []),
  ]
  if (from >= to) return ends
  const points = [
    [from, y],
    [to, y],
  ] as const
  return [stroke(points, { stroke: look.colour, widthPx: look.isLead ? 4 : 3, isRound: true }), ...ends]
}

function arrow([x, y]: readonly [number, number], direction: -1 | 1, look: ModelLook): Mark {
  const back = x - direction * arrowPx
  const points = [
    [x, y],
    [back, y - 5],
    [back, y + 5],
  ] as const
  return area(points, look.colour)
}
