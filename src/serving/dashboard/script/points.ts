/// <reference lib="dom" />
/// <reference lib="dom.iterable" />

const reachPx = 32

/**
 * The points of a chart tell their figures in a line: the nearest one to the pointer, and by the arrow keys while the chart
 * has the focus. Without a script browsers show the same, later and by the pointer only.
 */
export function tellPoints(chart: HTMLElement): void {
  const svg = chart.querySelector('svg')
  const points = [...chart.querySelectorAll<SVGGraphicsElement>('[data-point]')].map(pointOf)
  if (svg === null || points.length === 0) return
  const line = document.createElement('output')
  line.className = 'telling'
  chart.append(line)
  svg.setAttribute('tabindex', '0')
  svg.setAttribute('aria-description', 'The arrow keys tell the points one by one.')
  let shown = -1

  function show(index: number): void {
    if (index === shown) return
    points[shown]?.mark.removeAttribute('class')
    shown = index
    const point = points[index]
    line.textContent = point?.text ?? ''
    if (point !== undefined) {
      point.mark.setAttribute('class', 'told')
      putBeside(line, point.mark, chart)
    }
  }

  svg.addEventListener('pointermove', ({ clientX, clientY }) => show(nearest(points, clientX, clientY)))
  svg.addEventListener('pointerleave', () => show(-1))
  svg.addEventListener('blur', () => show(-1))
  svg.addEventListener('keydown', (event) => {
    const next = stepOf(event.key, shown, points.length)
    if (next === undefined) return
    event.preventDefault()
    show(next)
  })
}

interface Point {
  mark: SVGGraphicsElement
  text: string
}

/** Its title goes, which the browser would show over the line. */
function pointOf(mark: SVGGraphicsElement): Point {
  const title = mark.querySelector('title')
  const text = title?.textContent ?? ''
  title?.remove()
  return { mark, text }
}

function nearest(points: readonly Point[], x: number, y: number): number {
  let [found, least] = [-1, reachPx]
  points.forEach(({ mark }, index) => {
    const distance = distanceTo(mark, x, y)
    if (distance < least) [found, least] = [index, distance]
  })
  return found
}

/** Of a bar from its edge, of a point from its middle: points may overlap. */
function distanceTo(mark: SVGGraphicsElement, x: number, y: number): number {
  const { left, right, top, bottom } = mark.getBoundingClientRect()
  if (mark.tagName === 'rect') return Math.hypot(Math.max(left - x, 0, x - right), Math.max(top - y, 0, y - bottom))
  return Math.hypot((left + right) / 2 - x, (top + bottom) / 2 - y)
}

function middleOf(mark: SVGGraphicsElement): [number, number] {
  const { left, top, width, height } = mark.getBoundingClientRect()
  return [left + width / 2, top + height / 2]
}

/** Undefined for a key that means nothing here. */
function stepOf(key: string, shown: number, count: number): number | undefined {
  if (key === 'Escape') return -1
  if (key === 'ArrowRight' || key === 'ArrowDown') return Math.min(count - 1, shown + 1)
  if (key === 'ArrowLeft' || key === 'ArrowUp') return Math.max(0, shown - 1)
  return undefined
}

/** Above the point, within the chart. */
function putBeside(line: HTMLElement, mark: SVGGraphicsElement, chart: HTMLElement): void {
  const frame = chart.getBoundingClientRect()
  const [x, middle] = middleOf(mark)
  const y = mark.tagName === 'rect' ? mark.getBoundingClientRect().top : middle
  const left = Math.min(frame.width - line.offsetWidth, Math.max(0, x - frame.left - line.offsetWidth / 2))
  line.style.left = `${left}px`
  line.style.top = `${y - frame.top - line.offsetHeight - 10}px`
}
