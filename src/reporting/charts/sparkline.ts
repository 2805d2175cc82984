import { counted } from '../../shared/counted.ts'
import { score, scoreWithInterval } from '../../shared/format-number.ts'
import type { Chart, Size } from './chart.ts'
import type { HistoryPoint } from './history-chart.ts'
import { disc, plainSvg, tenths } from './plain-svg.ts'
import { colour, type Token } from './tokens.ts'

/** The trend of one model, for a line of text. */
export interface Sparkline {
  model: string
  measure: string
  isSimulated: boolean
  /** In order of time, evenly apart; a point without a value is a gap. */
  points: HistoryPoint[]
}

const size: Size = { width: 120, height: 28 }
const inset = 5

/** Has it held? A line with its band and nothing else. Undefined where nothing was measured. */
export function sparkline({ model, measure, isSimulated, points }: Sparkline): Chart | undefined {
  const known = points.filter(({ value }) => value !== null)
  const [first, last] = [known[0], known.at(-1)]
  if (first?.value == null || last?.value == null) return undefined
  const before = known.length === 1 ? '' : `, ${score(first.value)} ${counted(known.length - 1, 'test')} ago`
  const finding = `${model}: ${measure} ${scoreWithInterval(last.value, last.interval)}${before}.`
  const token: Token = isSimulated ? 'sim' : 'ink'
  const table = {
    titles: ['Date', measure],
    rows: points.map(({ at, value, interval }) => [
      at.toISOString().slice(0, 10),
      value === null ? 'not tested' : scoreWithInterval(value, interval),
    ]),
    aligns: 'lr',
  }
  return { svg: plainSvg(size, finding, parts(points, token)), finding, table, size }
}

function parts(points: readonly HistoryPoint[], token: Token): string[] {
  const values = points.flatMap(({ value, interval }) => [...(value === null ? [] : [value]), ...(interval ?? [])])
  const [low, high] = [Math.min(...values), Math.max(...values)]
  const span = Math.max(2, high - low)
  const toX = (index: number) =>
    inset + (points.length === 1 ? 0.5 : index / (points.length - 1)) * (size.width - 2 * inset)
  const toY = (value: number) =>
    size.height - inset - ((value - low + (span - (high - low)) / 2) / span) * (size.height - 2 * inset)
  const end = points.findLastIndex(({ value }) => value !== null)
  const at = (index: number, value: number) => `${tenths(toX(index))} ${tenths(toY(value))}`
  const runs = stretchesOf(points)
  const bands = runs.flatMap((run) => bandPath(run, points, at))
  const lines = runs.map((run) => `M${run.map((index) => at(index, points[index]?.value ?? 0)).join('L')}`)
  return [
    ...(bands.length === 0 ? [] : [`<path d="${bands.join('')}" fill="${colour(token)}" fill-opacity="0.12"/>`]),
    `<path d="${lines.join('')}" fill="none" stroke="${colour(token)}" stroke-width="1.5" stroke-linejoin="round"/>`,
    disc(toX(end), toY(points[end]?.value ?? 0), 3.5, token),
  ]
}

function bandPath(
  run: readonly number[],
  points: readonly HistoryPoint[],
  at: (index: number, value: number) => string,
) {
  const known = run.flatMap((index) => {
    const interval = points[index]?.interval
    return interval == null ? [] : [{ index, interval }]
  })
  if (known.length < 2) return []
  const upper = known.map(({ index, interval }) => at(index, interval[1]))
  const lower = known.map(({ index, interval }) => at(index, interval[0])).reverse()
  return [`M${[...upper, ...lower].join('L')}Z`]
}

/** Indices of neighbours that were tested. */
function stretchesOf(points: readonly HistoryPoint[]): number[][] {
  const runs: number[][] = [[]]
  points.forEach(({ value }, index) => {
    if (value !== null) runs.at(-1)?.push(index)
    else runs.push([])
  })
  return runs.filter(({ length }) => length > 0)
}
