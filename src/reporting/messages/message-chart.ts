import type { DifferenceRow, Differences } from '../charts/difference-chart.ts'
import type { CycleReport, EvaluationReport } from '../cycle-report.ts'
import { differencesOf } from '../evaluation-charts.ts'

/** A picture, what it shows in words, and how large it is on the screen. */
export interface Picture {
  png: Uint8Array
  alt: string
  width: number
  height: number
}

export const chartTitle = 'Best challenger of each tier against its incumbent'
export const chartNote = 'Difference in total points with its 95\u202f% interval. Right of the line is better.'

/**
 * The best challenger of each tier against its incumbent; undefined where no tier compared any.
 * @param tiers those that are shown, with a row each
 */
export async function messageChart(
  { evaluations }: CycleReport,
  tiers: readonly number[],
  layout: 'email' | 'slack',
): Promise<Picture | undefined> {
  const rows = evaluations.filter(({ tier }) => tiers.includes(tier)).flatMap(bestChallenger)
  const differences: Differences = {
    measure: 'total points',
    incumbent: 'its incumbent',
    rows,
    ...(layout === 'slack' ? { title: chartTitle } : {}),
  }
  // The libraries that draw take time to load, and most messages have no picture.
  const { differenceChart } = await import('../charts/difference-chart.ts')
  const chart = differenceChart(differences, layout)
  if (chart === undefined) return undefined
  const { toPng } = await import('../charts/to-png.ts')
  return { png: await toPng(chart.svg), alt: chart.finding, ...chart.size }
}

function bestChallenger(evaluation: EvaluationReport): DifferenceRow[] {
  const [best] = differencesOf(evaluation).rows
  return best === undefined ? [] : [{ ...best, note: `tier ${evaluation.tier}` }]
}
