import { timesBeside } from '../../shared/format-number.ts'
import { type Mark, type Point, stroke, words } from './marks.ts'
import { modelLook } from './model-look.ts'
import type { Spot } from './pareto-option.ts'
import { shortNames } from './short-names.ts'
import { textWidth } from './text-width.ts'
import { colour } from './tokens.ts'

/** Edges in pixels. */
interface Box {
  left: number
  right: number
  top: number
  bottom: number
}

const linePx = 15
const labelGapPx = 6

/** Name and time of each model beside its mark, where they cover least; a thin line leads to a label that is far away. */
export function paretoLabels(spots: readonly Spot[], front: readonly Point[], frame: Box): Mark[] {
  const names = shortNames(
    spots.map(({ model }) => model.model),
    { widthPx: spots.length > 5 ? 130 : Math.max(130, (frame.right - frame.left) * 0.36), sizePx: 12, weight: 600 },
  )
  const marks = [...spots.flatMap(marksOf), ...front.slice(1).map((end, index) => lineBox(front[index] ?? end, end))]
  const timeOf = timesBeside(spots.map(({ model }) => model.timeMs))
  const labels: Box[] = []
  const order = spots.map((_, index) => index).sort((a, b) => rank(spots[a]) - rank(spots[b]))
  return order.flatMap((index) => {
    const spot = spots[index]
    if (spot === undefined) return []
    const label = { name: names[index] ?? '', time: spot.model.timeMs === null ? '' : timeOf(spot.model.timeMs) }
    const box = bestBox({ spot, label, frame, marks, labels })
    labels.push({ ...box, left: box.left - labelGapPx, right: box.right + labelGapPx })
    return labelMarks(spot, label, box)
  })
}

function rank(spot: Spot | undefined): number {
  const place = spot?.model.place
  return place === 'incumbent' ? 0 : place === 'leader' ? 1 : 2
}

/** What a mark and its intervals cover. */
function marksOf({ at: [x, y], upright, level }: Spot): Box[] {
  return [
    { left: x - 8, right: x + 8, top: y - 8, bottom: y + 8 },
    { left: x - 3, right: x + 3, top: upright[1][1], bottom: upright[0][1] },
    { left: level[0][0], right: level[1][0], top: y - 3, bottom: y + 3 },
  ]
}

interface Label {
  name: string
  time: string
}

interface Wanted {
  spot: Spot
  label: Label
  frame: Box
  marks: readonly Box[]
  /** Of other models, placed already. */
  labels: readonly Box[]
}

function bestBox({ spot, label: { name, time }, frame, marks, labels }: Wanted): Box {
  const [x, y] = spot.at
  const width = Math.max(textWidth(name, 12, 600), textWidth(time, 11.5))
  const height = time === '' ? linePx : 2 * linePx
  const boxes = [...offsets(width, height)].map(([dx, dy]) => {
    return moved({ left: x + dx, right: x + dx + width, top: y + dy, bottom: y + dy + height }, frame)
  })
  const costs = boxes.map((box, index) => {
    const covered = [...marks, ...labels, ...labels].reduce((sum, other) => sum + overlap(box, other), 0)
    const crossed = labels.filter((other) => crosses(spot.at, nearestPoint(box, spot.at), other)).length
    return index * 3 + covered * 10 + crossed * 2000
  })
  return boxes[costs.indexOf(Math.min(...costs))] ?? frame
}

function nearestPoint(box: Box, [x, y]: Point): Point {
  return [Math.max(box.left, Math.min(box.right, x)), Math.max(box.top, Math.min(box.bottom, y))]
}

/** Whether the line to a label goes through another. */
function crosses([x, y]: Point, [endX, endY]: Point, { left, right, top, bottom }: Box): boolean {
  return [0.15, 0.3, 0.45, 0.6, 0.75, 0.9].some((share) => {
    const [atX, atY] = [x + (endX - x) * share, y + (endY - y) * share]
    return atX > left && atX < right && atY > top && atY < bottom
  })
}

function lineBox([x, y]: Point, [endX, endY]: Point): Box {
  return {
    left: Math.min(x, endX),
    right: Math.max(x, endX) + 1,
    top: Math.min(y, endY) - 1,
    bottom: Math.max(y, endY) + 1,
  }
}

/** Of the label's corner from the mark, the places that readers expect first. */
function* offsets(width: number, height: number): Generator<readonly [number, number]> {
  for (const away of [0, 14, 30, 48, 68, 90]) {
    for (const dy of [-height / 2, -height - 2 - away, 2 + away]) {
      yield [12, dy]
      yield [-12 - width, dy]
    }
    yield [-width / 2, -height - 12 - away]
    yield [-width / 2, 12 + away]
  }
}

function moved(box: Box, frame: Box): Box {
  const dx = Math.max(0, frame.left - box.left) - Math.max(0, box.right - frame.right)
  const dy = Math.max(0, frame.top - box.top) - Math.max(0, box.bottom - frame.bottom)
  return { left: box.left + dx, right: box.right + dx, top: box.top + dy, bottom: box.bottom + dy }
}

function overlap(one: Box, other: Box): number {
  const width = Math.min(one.right, other.right) - Math.max(one.left, other.left)
  const height = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top)
  return width > 0 && height > 0 ? 20 + width * height : 0
}

function labelMarks({ model, at: [x, y] }: Spot, { name, time }: Label, box: Box): Mark[] {
  const look = modelLook(model.place, model.isSimulated)
  const isLeft = box.right < x
  const anchor = isLeft ? box.right : box.left
  const align = isLeft ? ('right' as const) : ('left' as const)
  const nearest = nearestPoint(box, [x, y])
  const isFar = Math.hypot(nearest[0] - x, nearest[1] - y) > 24
  return [
    ...(isFar ? [stroke([[x, y], nearest], { stroke: colour('line-2') })] : []),
    words(name, [anchor, box.top + linePx / 2], { weight: look.isLead ? 600 : 400, colour: look.textColour, align }),
    ...(time === '' ? [] : [words(time, [anchor, box.top + linePx * 1.5], { sizePx: 11.5, align })]),
  ]
}
