import type { EChartsOption } from 'echarts'
import { init } from 'echarts/dist/echarts.esm.min.mjs'
import type { Size } from './chart.ts'
import { cleanSvg } from './clean-svg.ts'

/** The SVG text of ECharts options. */
export function draw(option: EChartsOption, { width, height }: Size, finding: string): string {
  const chart = init(null, null, { renderer: 'svg', ssr: true, width, height })
  try {
    chart.setOption({ animation: false, ...option })
    return cleanSvg(chart.renderToSVGString(), finding)
  } finally {
    // Node does not exit while a chart is alive.
    chart.dispose()
  }
}

/** Draws one of everything for nobody: the first chart of a process takes a twentieth of a second longer than the next. */
export function warmUpCharts(): void {
  const style = { stroke: 'black', fill: 'black' }
  const children = [
    {
      type: 'polyline' as const,
      shape: {
        points: [
          [0, 0],
          [1, 1],
        ],
      },
      style,
    },
    { type: 'circle' as const, shape: { cx: 1, cy: 1, r: 1 }, style },
    { type: 'text' as const, style: { ...style, text: 'none', x: 1, y: 1 } },
  ]
  const axis = { type: 'value' as const, min: 0, max: 1 }
  const series = { type: 'custom' as const, renderItem: () => ({ type: 'group' as const, children }), data: [0] }
  draw({ xAxis: axis, yAxis: axis, series }, { width: 100, height: 100 }, '')
}
