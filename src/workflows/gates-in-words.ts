import type { Analysis } from '../analysis/analysis.ts'
import { defaultSettings } from '../analysis/decision-settings.ts'
import type { StoredRecommendation } from '../database/recommendation-queries.ts'
import { type Gate, gatesOf } from '../recommendation/gates.ts'
import { type GateWords, gateWords } from '../recommendation/reasoning/gate-words.ts'
import type { Comparison } from '../recommendation/recommendation.ts'
import { verdictInputOf } from './verdict-input.ts'

/** Every check that stands between a challenger and a switch, as the stored verdict judged it, for a person. */
export function gatesInWords(stored: StoredRecommendation, comparison: Comparison): (Gate & GateWords)[] {
  const { config, weeksSinceSwitch = null } = verdictInputOf(stored)
  const settings = { ...defaultSettings, ...config }
  const challenger = (stored.analysis as unknown as Analysis).models[comparison.model]
  if (challenger === undefined) return []
  const gates = gatesOf(comparison, { settings, challenger, weeksSinceSwitch })
  return gates.map((gate) => ({ ...gate, ...gateWords(gate, comparison, settings) }))
}
