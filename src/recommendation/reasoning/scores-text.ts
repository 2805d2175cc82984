import type { ModelAnalysis } from '../../analysis/analysis.ts'
import { countedOf } from '../../shared/counted.ts'
import { rate, score } from '../../shared/format-number.ts'
import { modelFlagWords } from './flag-words.ts'
import type { Story } from './story.ts'

const scoresTitle = 'Scores out of 100'
const leftOutTitle = 'Left out'

/** Whether this paragraph of a reasoning is one of these, for renderings that have a table in their place. */
export function isScoresText(paragraph: string): boolean {
  return [scoresTitle, leftOutTitle].some((title) => paragraph.startsWith(title))
}

/** A line per model, best total first; then the models that were left out. */
export function scoresText(story: Story): string {
  // The calls of a model that was left out may have been made: they are no judgement about it.
  const leftOut = new Set(story.skipped.map(({ model }) => model))
  const models = Object.entries(story.analysis.models)
    .filter(([model]) => !leftOut.has(model))
    .toSorted(([, one], [, other]) => other.scores.total - one.scores.total)
  const scores = models.map(([model, metrics]) => `- ${model}${roleOf(model, story)}: ${scoreWords(metrics, story)}`)
  const skipped = story.skipped.map(
    ({ model, reason, remedy }) => `- ${model}: ${reason}${remedy === undefined ? '' : `. ${remedy}`}`,
  )
  return [section(`${scoresTitle}${basisOf(story)}:`, scores), section(`${leftOutTitle}:`, skipped)]
    .filter((text) => text !== '')
    .join('\n\n')
}

function section(title: string, lines: readonly string[]): string {
  return lines.length === 0 ? '' : [title, ...lines].join('\n')
}

/** Then they need not differ by what the comparisons say, which count the weeks of both alone. */
function basisOf({ pooled = 0 }: Story): string {
  return pooled > 0 ? ', each over all pooled evaluations of the model' : ''
}

function roleOf(model: string, { recommendation, baselines, dropped = [], locked = [] }: Story): string {
  if (model === recommendation.incumbent) return ' (incumbent)'
  if (dropped.some((one) => one.model === model)) return ' (dropped)'
  if (locked.some((one) => one.model === model)) return ' (locked)'
  return baselines.includes(model) ? ' (baseline)' : ''
}

const withoutCost = 'of accuracy and speed alone, not comparable with the others'
const withCostAtWorst = 'with the unknown cost at 0, not comparable with the others'

function scoreWords(metrics: ModelAnalysis, { settings }: Story): string {
  const { scores, accuracyCi95, failed, records, failureRate, flags } = metrics
  if (failed === records) return `${modelFlagWords.all_failed} (${records} of ${records}); it cannot win.`
  const interval = accuracyCi95 === null ? '' : ` (${score(accuracyCi95[0])} to ${score(accuracyCi95[1])})`
  const cost = scores.cost === null ? 'cost unknown' : `cost ${score(scores.cost)}`
  const basis = scores.cost === null ? ` ${settings.formula === null ? withoutCost : withCostAtWorst}` : ''
  const notes = [
    ...(failed > 0 ? [`${countedOf(failed, records, 'call')} failed (${rate(failureRate)}), counted 0`] : []),
    ...flags.map((flag) => modelFlagWords[flag]),
  ]
  const figures = `accuracy ${score(scores.accuracy)}${interval}, speed ${score(scores.speed)}, ${cost}`
  return `${figures}. Overall score: ${score(scores.total)}/100${basis}.${notes.length === 0 ? '' : ` Note: ${notes.join('; ')}.`}`
}
