import { lowered } from '../../shared/capitalized.ts'
import type { CycleReport, EvaluationReport } from '../cycle-report.ts'
import { gainSentence } from './gain-sentence.ts'

/**
 * Why a seat moves, or why none does, and whether there is nothing to do.
 * @param told the tiers, the greatest news first
 * @param steps how many things a person may do
 */
export function ledeOf(report: CycleReport, told: readonly EvaluationReport[], steps: number): string {
  const [first] = told
  const gain = first === undefined ? undefined : gainSentence(first)
  const others = told.slice(1).some((each) => gainSentence(each) !== undefined)
  const why = gain === undefined ? unmovedWords(report) : others ? `On tier ${first?.tier}: ${lowered(gain)}` : gain
  return [why, ...(steps === 0 ? ['Nothing to do.'] : [])].filter((part) => part !== '').join(' ')
}

/** Why no seat moves. */
function unmovedWords({ evaluations }: CycleReport): string {
  if (evaluations.length === 0) return ''
  const answered = evaluations.some(({ runs }) => runs.some(({ role, scored }) => role !== 'baseline' && scored > 0))
  if (!answered) return 'No language model answered.'
  const compared = evaluations.some(({ recommendation }) => recommendation.comparisons.length > 0)
  return compared ? 'No challenger was shown to be better.' : 'No challenger was compared.'
}
