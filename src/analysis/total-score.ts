import { type FormulaTerms, scoreByFormula } from '../shared/score-formula.ts'
import type { DecisionSettings } from './evaluation-records.ts'

/** The total of one item from its three scores: their weighted sum, or what the tier's own formula makes of them. */
export function totalScore(terms: FormulaTerms, { weights, formula }: Pick<DecisionSettings, 'weights' | 'formula'>) {
  if (formula !== null) return scoreByFormula(formula, terms)
  return weights.accuracy * terms.accuracy + weights.speed * terms.speed + weights.cost * terms.cost
}
