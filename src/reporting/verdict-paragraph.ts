import { withoutScores } from '../recommendation/reasoning.ts'
import { capitalized } from '../shared/capitalized.ts'
import type { EvaluationReport } from './cycle-report.ts'

/** The reasoning for a place that names the tier already: the verdict without it, and the paragraphs that give its reasons. */
export function verdictParagraphs(evaluation: EvaluationReport): { verdict: string; reasons: string[] } {
  const [verdict = '', ...reasons] = withoutScores(evaluation.reasoning).split('\n\n')
  return { verdict: withoutTier(verdict, evaluation), reasons }
}

/** `Tier 1 (core): switch …` becomes `Switch …`; a model's name keeps its letters. */
function withoutTier(verdict: string, { runs, incumbent }: EvaluationReport): string {
  const rest = verdict.replace(/^Tier \d+ \([^)]*\): /, '')
  const isName = [incumbent, ...runs.map(({ model }) => model)].some((name) => name !== null && rest.startsWith(name))
  return isName ? rest : capitalized(rest)
}
