import { inReadingOrder } from '../../recommendation/reading-order.ts'
import type { EvaluationReport, RunReport } from '../cycle-report.ts'
import { costPerThousand } from '../evaluation-charts.ts'

/** What the model that a verdict names does to its tier: accuracy, speed, cost; undefined where it names no new one. */
export function gainSentence({ recommendation, incumbent, runs }: EvaluationReport): string | undefined {
  const [compared] = inReadingOrder(recommendation)
  const challenger = runs.find(({ model }) => model === recommendation.target)
  const held = runs.find(({ model }) => model === incumbent)
  if (compared === undefined || challenger === undefined || held === undefined || challenger === held) return undefined
  const parts = [speedWords(challenger, held), costWords(challenger, held)].filter((words) => words !== '')
  const accuracy = accuracyWords(compared.accuracyLower, compared.niMargin, challenger, held)
  return `${accuracy}${parts.length === 0 ? '' : `; it is ${parts.join(' and ')}`}.`
}

function accuracyWords(
  lower: number | undefined,
  margin: number | undefined,
  challenger: RunReport,
  held: RunReport,
): string {
  if (lower !== undefined && lower > 0) return 'It is more accurate'
  if (lower !== undefined && margin !== undefined && lower >= -margin)
    return `Its accuracy stays inside the margin of ${Number(margin.toFixed(1))}`
  const isAbove = (challenger.accuracy ?? 0) >= (held.accuracy ?? 0)
  return `That its accuracy stays inside the margin is not shown yet${isAbove ? ', though it looks no worse' : ''}`
}

/** `1.7 times as fast` */
function speedWords({ latencyMs: { p50: now } }: RunReport, { latencyMs: { p50: before } }: RunReport): string {
  if (!now || !before) return ''
  const factor = before / now
  if (factor > 1.05) return `${factor.toFixed(1)} times as fast`
  return factor < 0.95 ? `${(1 / factor).toFixed(1)} times as slow` : 'about as fast'
}

/** `24 % cheaper` */
function costWords(challenger: RunReport, held: RunReport): string {
  const [now, before] = [costPerThousand(challenger), costPerThousand(held)]
  if (now === null || before === null || before === 0) return ''
  const percent = Math.round((1 - now / before) * 100)
  if (percent === 0) return 'as cheap'
  return `${Math.abs(percent)}\u202f% ${percent > 0 ? 'cheaper' : 'dearer'}`
}
