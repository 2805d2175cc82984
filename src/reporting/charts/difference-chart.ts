import { signed, signedInterval } from '../../shared/format-number.ts'
import type { Chart, ChartTable, Layout, Size } from './chart.ts'
import { differenceMetrics } from './difference-metrics.ts'
import { differenceOption } from './difference-option.ts'
import { draw } from './draw.ts'

/** Challengers against the model in the seat. */
export interface Differences {
  /** What the differences are of, such as 'total points'. */
  measure: string
  incumbent: string
  rows: DifferenceRow[]
  /** Of several charts that eyes compare: the same for all, from `differenceRange`. */
  rangePoints?: number
  /** Only in the layout `slack`, where no page stands around the picture. */
  title?: string
}

export interface DifferenceRow {
  model: string
  /** Below the name: '100 samples × 3'. */
  note: string
  isLeader: boolean
  isSimulated: boolean
  /** In points, positive where the challenger is better; null: not measured. */
  difference: number | null
  /** 95 %; null: too few samples for one. */
  interval: readonly [number, number] | null
}

/** `email` is 536 wide; `slack` is 800 × 450 with larger text and the title. */
export type DifferenceLayout = Layout | 'email' | 'slack'

/** Is a challenger better? Paired differences with their intervals; right of the line is better. Undefined without rows. */
export function differenceChart(data: Differences, layout: DifferenceLayout = 'wide'): Chart | undefined {
  if (data.rows.length === 0) return undefined
  const finding = differenceFinding(data)
  const metrics = differenceMetrics(data, layout)
  const size: Size = { width: metrics.width, height: metrics.height }
  return { svg: draw(differenceOption(data, metrics), size, finding), finding, table: tableOf(data), size }
}

/** A sentence a row: on which side of the line its interval lies. */
export function differenceFinding({ incumbent, measure, rows }: Differences): string {
  const sentences = rows.map((row, index) => `${row.model} ${sideWords(row, index === 0 ? ` than ${incumbent}` : '')}`)
  return `${sentences.join('; ')}. Differences in ${measure}, 95\u202f% intervals.`
}

/** On which side of the line its interval lies. */
export function sideWords({ difference, interval }: DifferenceRow, than: string): string {
  if (difference === null) return 'was not measured'
  if (interval === null) return `differs by ${signed(difference)} points, of too few samples for an interval`
  const [low, high] = interval
  if (low > 0) return `is ${low.toFixed(1)} to ${high.toFixed(1)} points better${than}`
  if (high < 0) return `is ${(-high).toFixed(1)} to ${(-low).toFixed(1)} points worse${than}`
  return `is not measurably different ${signedInterval(interval)}`
}

function tableOf({ measure, incumbent, rows }: Differences): ChartTable {
  return {
    titles: [`Against ${incumbent}`, '', `Difference, ${measure}`, '95 % interval'],
    rows: rows.map(({ model, note, isSimulated, difference, interval }) => [
      isSimulated ? `${model} (simulated)` : model,
      note,
      difference === null ? 'not measured' : signed(difference),
      interval === null ? '' : signedInterval(interval),
    ]),
    aligns: 'llrr',
  }
}

const ranges = [12, 24] as const
const widestRange = 48

/** Points to each side of the line: the smallest of 12, 24 and 48 that has room for every difference. */
export function differenceRange(rows: readonly Pick<DifferenceRow, 'difference'>[]): number {
  const most = Math.max(0, ...rows.map(({ difference }) => Math.abs(difference ?? 0)))
  return ranges.find((range) => most <= 0.9 * range) ?? widestRange
}
