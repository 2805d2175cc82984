import { textWidth } from '../../../src/reporting/charts/text-width.ts'

/** Edges in pixels. */
export interface Box {
  what: string
  left: number
  right: number
  top: number
  bottom: number
}

/** The lines of text of a picture, with what they cover. */
export function textBoxes(svg: string): Box[] {
  return [...svg.matchAll(/<text ([^>]*)>([^<]*)<\/text>/g)].map(([, head = '', content = '']) => {
    const text = content.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')
    const size = Number.parseFloat(attribute(head, 'font-size') ?? '12')
    const width = textWidth(text, size, Number(attribute(head, 'font-weight') ?? 400))
    const [, dx = '0', dy = '0'] = /translate\(([-\d.]+) ([-\d.]+)\)/.exec(head) ?? []
    const x = Number(dx) + Number(attribute(head, 'x') ?? 0)
    // Without `central`, a y is the baseline.
    const middle = Number(dy) + Number(attribute(head, 'y') ?? 0) - (head.includes('central') ? 0 : size * 0.35)
    const shift = { start: 0, middle: 0.5, end: 1 }[attribute(head, 'text-anchor') ?? 'start'] ?? 0
    const left = x - shift * width
    // Letters without their leading: what may not touch.
    return { what: text, left, right: left + width, top: middle - size * 0.42, bottom: middle + size * 0.42 }
  })
}

/** The points that lines, areas, dots and bars go through or to. */
export function markBoxes(svg: string): Box[] {
  const circles = [...svg.matchAll(/<circle cx="([-\d.]+)" cy="([-\d.]+)" r="([-\d.]+)"/g)].map((found) => {
    const [x = 0, y = 0, r = 0] = found.slice(1).map(Number)
    return { what: 'circle', left: x - r, right: x + r, top: y - r, bottom: y + r }
  })
  const rects = [...svg.matchAll(/<rect x="([-\d.]+)" y="([-\d.]+)" width="([-\d.]+)" height="([-\d.]+)"/g)]
  const lines = [...svg.matchAll(/ points="([^"]*)"/g), ...svg.matchAll(/<path d="([^"]*)"/g)]
  return [
    ...circles,
    ...rects.map((found) => {
      const [x = 0, y = 0, width = 0, height = 0] = found.slice(1).map(Number)
      return { what: 'rect', left: x, right: x + width, top: y, bottom: y + height }
    }),
    ...lines.flatMap(([, points = '']) => pointsOf(points)),
  ]
}

/** Of a list of points or of a path of straight lines. */
function pointsOf(path: string): Box[] {
  let [x, y] = [0, 0]
  const commands = [...path.matchAll(/([MLlV]?)([^MLlVZ]+)/g)]
  return commands.flatMap(([, command, text = '']) => {
    const numbers = (text.match(/-?\d+(?:\.\d+)?/g) ?? []).map(Number)
    const pairs = command === 'V' ? [[x, ...numbers]] : pairsOf(numbers)
    return pairs.map(([first = 0, second = 0]) => {
      ;[x, y] = command === 'l' ? [x + first, y + second] : [first, second]
      return { what: `point of ${path.slice(0, 30)}`, left: x, right: x, top: y, bottom: y }
    })
  })
}

function pairsOf(numbers: readonly number[]): number[][] {
  return Array.from({ length: Math.floor(numbers.length / 2) }, (_, index) => numbers.slice(2 * index, 2 * index + 2))
}

function attribute(head: string, name: string): string | undefined {
  return new RegExp(`(?:^| )${name}="([^"]*)"`).exec(head)?.[1]
}

export function outside(boxes: readonly Box[], { width, height }: { width: number; height: number }): string[] {
  const isOut = ({ left, right, top, bottom }: Box) => left < -1 || right > width + 1 || top < -1 || bottom > height + 1
  return boxes.filter(isOut).map((box) => JSON.stringify(box))
}

/** Pairs of texts that cover each other. */
export function collisions(boxes: readonly Box[]): string[] {
  return boxes.flatMap((one, index) =>
    boxes.slice(index + 1).flatMap((other) => {
      const across = Math.min(one.right, other.right) - Math.max(one.left, other.left)
      const down = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top)
      return across > 1 && down > 1 ? [`${one.what} × ${other.what}`] : []
    }),
  )
}
