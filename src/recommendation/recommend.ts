import type { EvaluationRecords } from '../analysis/evaluation-records.ts'
import { isBelow } from '../analysis/statistics/tolerance.ts'
import { compareField } from './compare-field.ts'
import { analysisOf, type Field, fieldOf } from './field.ts'
import { initialChoice } from './initial-choice.ts'
import { probabilityBest } from './probability-best.ts'
import type { Recommendation } from './recommendation.ts'
import { type Ruling, ruleOn } from './rule-on.ts'

/**
 * The verdict on a tier (decisions.md section 6.2).
 * @param records checked ones, without baselines: those never hold a seat and are no challengers
 */
export function recommend(records: EvaluationRecords): Recommendation {
  const field = fieldOf(records)
  const shares = field.models.length === 0 ? { pBest: {}, pBestEligible: {} } : probabilityBest(field)
  const { decision, target, reasons, comparisons = [], ...rest } = rulingOf(field, records, shares.pBest)
  const seat = { tier: records.tier ?? null, incumbent: field.incumbent }
  return { ...seat, decision, target, reasons, comparisons, ...shares, ...rest }
}

function rulingOf(field: Field, records: EvaluationRecords, pBest: Recommendation['pBest']): Ruling {
  const { incumbent, models } = field
  if (models.length === 0) return { decision: 'insufficient_data', target: incumbent, reasons: ['no_records'] }
  if (models.every((model) => analysisOf(field, model).flags.includes('all_failed'))) {
    return { decision: 'invalid_run', target: incumbent, reasons: ['all_models_failed'] }
  }
  if (incumbent === null) return firstAssignment(field, pBest)
  const fallback = () =>
    initialChoice(
      field,
      models.filter((model) => model !== incumbent),
    )
  if (!models.includes(incumbent)) {
    return { decision: 'incumbent_missing', target: incumbent, reasons: ['incumbent_not_in_run'], fallback: fallback() }
  }
  if (!field.incumbentWeeks.has(field.latestWeek)) {
    return { decision: 'invalid_run', target: incumbent, reasons: ['incumbent_failing'], fallback: fallback() }
  }
  return ruleOn(field, incumbent, compareField(field, incumbent, records))
}

/** Who takes a vacant seat. */
function firstAssignment(field: Field, pBest: Recommendation['pBest']): Ruling {
  const target = initialChoice(field, field.models)
  if (target === null) return { decision: 'insufficient_data', target, reasons: ['no_eligible_model'] }
  const confidence = pBest[target] ?? null
  const isDoubtful = confidence === null || isBelow(confidence, field.settings.confidence, field.settings.tieTol)
  return { decision: 'initial_assignment', target, reasons: isDoubtful ? ['low_confidence'] : [], confidence }
}
