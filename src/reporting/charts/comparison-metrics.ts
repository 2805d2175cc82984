import type { Layout } from './chart.ts'
import type { ModelComparison } from './comparison-chart.ts'
import { shortNames } from './short-names.ts'
import { textWidth } from './text-width.ts'

/** Where the panels of a comparison stand, in pixels. */
export interface ComparisonMetrics {
  width: number
  height: number
  names: string[]
  rowPitch: number
  /** Names and values stand above the mark of their row, in each panel. */
  isNarrow: boolean
  /** Top left corner of the drawing area of each panel. */
  panels: { left: number; top: number; width: number; valueRight: number }[]
}

const panelCount = 4
const headPx = 30
const axisPx = 26

export function comparisonMetrics({ models }: ModelComparison, layout: Layout): ComparisonMetrics {
  return layout === 'wide' ? wideMetrics(models) : phoneMetrics(models)
}

function wideMetrics(models: ModelComparison['models']): ComparisonMetrics {
  const [width, rowPitch, valuePx, mostNamePx] = [1118, 42, 70, 250]
  const names = shortNames(namesOf(models), { widthPx: mostNamePx - 20, sizePx: 13, weight: 600 })
  const widest = Math.max(
    ...names.map((name) => textWidth(name, 13, 600)),
    ...models.map(({ note }) => textWidth(note, 11.5)),
  )
  const namePx = Math.max(170, Math.min(mostNamePx, Math.round(widest + 20)))
  const pitch = (width - namePx) / panelCount
  const panels = Array.from({ length: panelCount }, (_, index) => {
    const left = namePx + index * pitch + (index === 0 ? 8 : 26)
    const valueRight = namePx + (index + 1) * pitch - 4
    return { left, top: headPx, width: valueRight - valuePx - left, valueRight }
  })
  return { width, height: headPx + rowPitch * models.length + axisPx, names, rowPitch, isNarrow: false, panels }
}

function phoneMetrics(models: ModelComparison['models']): ComparisonMetrics {
  const [width, rowPitch, between] = [340, 40, 18]
  const names = shortNames(namesOf(models), { widthPx: 250, sizePx: 12, weight: 600 })
  const panelPx = headPx + rowPitch * models.length + axisPx
  const panels = Array.from({ length: panelCount }, (_, index) => {
    return { left: 14, top: index * (panelPx + between) + headPx, width: width - 28, valueRight: width }
  })
  const height = panelCount * panelPx + (panelCount - 1) * between
  return { width, height, names, rowPitch, isNarrow: true, panels }
}

function namesOf(models: ModelComparison['models']): string[] {
  return models.map(({ model }) => model)
}
