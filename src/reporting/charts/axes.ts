import type { GridComponentOption, XAXisComponentOption, YAXisComponentOption } from 'echarts'
import type { AxisTicks } from './axis-ticks.ts'
import type { Size } from './chart.ts'
import { colour } from './tokens.ts'

/** Where values are drawn, in pixels from the edges of the frame. */
export interface Inset {
  left: number
  right: number
  top: number
  bottom: number
}

/** A grid exactly where it is said: labels are laid out by us, with the widths of `text-width.ts`. */
export function grid({ left, right, top, bottom }: Inset): GridComponentOption {
  return { left, right, top, bottom, outerBoundsMode: 'none', show: false }
}

export interface AxisLook {
  ticks: AxisTicks
  label: (value: number) => string
  hasGrid?: boolean
  sizePx?: number
  /** Where the labels stand; `gridIndex` and `axis` count the panels. */
  panel?: number
}

/** A value axis without a line of its own; its ticks are those given. */
export function horizontalAxis(look: AxisLook): XAXisComponentOption {
  return { ...valueAxis(look), position: 'bottom' } as XAXisComponentOption
}

export function verticalAxis(look: AxisLook): YAXisComponentOption {
  return { ...valueAxis(look), position: 'left' } as YAXisComponentOption
}

function valueAxis({ ticks: { min, max, ticks }, label, hasGrid = true, sizePx = 12, panel = 0 }: AxisLook) {
  return {
    type: 'value',
    gridIndex: panel,
    min,
    max,
    axisLine: { show: false },
    axisTick: { show: false, customValues: ticks },
    axisLabel: {
      customValues: ticks,
      formatter: label,
      color: colour('ink-3'),
      fontSize: sizePx,
      showMinLabel: true,
      showMaxLabel: true,
      hideOverlap: false,
    },
    splitLine: { show: hasGrid, lineStyle: { color: colour('line'), width: 1 } },
  }
}

/** An axis that only places: its labels are marks. */
export function silentAxis(min: number, max: number, panel = 0) {
  return { type: 'value' as const, gridIndex: panel, min, max, show: false }
}

/** What is left for values. */
export function inside({ width, height }: Size, { left, right, top, bottom }: Inset): Size {
  return { width: width - left - right, height: height - top - bottom }
}
