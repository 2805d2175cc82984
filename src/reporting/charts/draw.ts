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
