import type { CustomSeriesOption } from 'echarts'
import { tellingColour } from './clean-svg.ts'
import type { ModelLook, Shape } from './model-look.ts'
import { colour } from './tokens.ts'

/** A point of the frame, in pixels. */
export type Point = readonly [x: number, y: number]
/** Where values stand in the frame. */
export type Place = (x: number, y: number) => Point

export interface Mark {
  type: 'line' | 'polyline' | 'polygon' | 'circle' | 'rect' | 'text'
  x?: number
  y?: number
  shape?: Record<string, unknown>
  style: Record<string, unknown>
}

/** A series that draws marks of our own at values of its axes. */
export function markSeries(drawMarks: (place: Place) => Mark[], axis = 0): CustomSeriesOption {
  return {
    type: 'custom',
    xAxisIndex: axis,
    yAxisIndex: axis,
    silent: true,
    // Above the bars of a chart that has some.
    z: 3,
    data: [[0, 0]],
    renderItem: (_, api) => {
      const place: Place = (x, y) => api.coord([x, y]) as [number, number]
      return { type: 'group', children: drawMarks(place) as never[] }
    },
  }
}

export interface StrokeStyle {
  stroke: string
  widthPx?: number
  isRound?: boolean
  dash?: number[]
}

export function stroke(points: readonly Point[], { stroke, widthPx = 1, isRound = false, dash }: StrokeStyle): Mark {
  return {
    type: 'polyline',
    shape: { points: points.map(([x, y]) => [rounded(x), rounded(y)]) },
    style: {
      stroke,
      fill: 'none',
      lineWidth: widthPx,
      lineCap: isRound ? 'round' : 'butt',
      lineJoin: 'round',
      ...(dash === undefined ? {} : { lineDash: dash }),
    },
  }
}

export function area(points: readonly Point[], fill: string, opacity = 1): Mark {
  return {
    type: 'polygon',
    shape: { points: points.map(([x, y]) => [rounded(x), rounded(y)]) },
    style: { fill, opacity, stroke: 'none' },
  }
}

export interface WordStyle {
  sizePx?: number
  weight?: number
  colour?: string
  align?: 'left' | 'center' | 'right'
}

/** One line of text, its middle at the height of the point. */
export function words(
  text: string,
  [x, y]: Point,
  { sizePx = 12, weight = 400, colour: fill = colour('ink-3'), align = 'left' }: WordStyle = {},
): Mark {
  return {
    type: 'text',
    x: rounded(x),
    y: rounded(y),
    style: { text, fill, fontSize: sizePx, fontWeight: weight, align, verticalAlign: 'middle' },
  }
}

/**
 * A point that tells its figures to whoever points at it or comes to it by the keyboard. It is drawn as a text that nobody
 * sees, as ECharts lets marks carry nothing of ours; `cleanSvg` makes a point of it.
 */
export function telling(text: string, at: Point): Mark {
  return words(text, at, { sizePx: 1, colour: tellingColour() })
}

/** The same for all of a bar. @param corners two that lie across */
export function tellingBox(text: string, [one, other]: readonly [Point, Point]): Mark {
  const [left, top] = [Math.min(one[0], other[0]), Math.min(one[1], other[1])]
  const size = { width: rounded(Math.abs(one[0] - other[0])), height: rounded(Math.abs(one[1] - other[1])) }
  return words(text, [left, top], { sizePx: 1, colour: tellingColour(size) })
}

/** The mark of a model, with a ring in the colour of the panel so that it stands out on its line. */
export function dot([x, y]: Point, look: ModelLook, diameterPx: number): Mark {
  const fill = look.isHollow ? colour('surface') : look.colour
  const ring = look.isHollow ? look.colour : colour('surface')
  const style = { fill, stroke: ring, lineWidth: 2 }
  const radius = look.isHollow ? diameterPx / 2 - 1 : diameterPx / 2
  if (look.shape === 'circle') return { type: 'circle', shape: { cx: rounded(x), cy: rounded(y), r: radius }, style }
  return {
    type: 'polygon',
    shape: { points: corners[look.shape].map(([dx, dy]) => [rounded(x + dx * radius), rounded(y + dy * radius)]) },
    style: { ...style, lineJoin: 'round' },
  }
}

/** Of a shape that looks as large as a circle of radius 1. */
const corners: Record<Exclude<Shape, 'circle'>, readonly Point[]> = {
  square: [
    [-0.9, -0.9],
    [0.9, -0.9],
    [0.9, 0.9],
    [-0.9, 0.9],
  ],
  triangle: [
    [0, -1.15],
    [1.1, 0.85],
    [-1.1, 0.85],
  ],
  diamond: [
    [0, -1.25],
    [1.25, 0],
    [0, 1.25],
    [-1.25, 0],
  ],
}

/** Tenths of a pixel are enough, and keep the file small. */
function rounded(value: number): number {
  return Math.round(value * 10) / 10
}
