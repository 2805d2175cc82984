import { callsByItem } from '../analysis/calls.ts'
import { itemScores, meanOf } from '../analysis/item-scores.ts'
import { isAbove, isBelow } from '../analysis/statistics/tolerance.ts'
import { analysisOf, callsOfModel, type Field } from './field.ts'
import { nonInferiorityMargin } from './non-inferiority-margin.ts'
import { rounded } from './rounded.ts'

/**
 * The model to seat where no incumbent can be compared with: of the models that were asked enough items and fail rarely,
 * and whose accuracy is within the margin of the best of them, the one with the best total; an unknown cost or latency
 * counts 0. Ties go to the lower failure rate, then to the name.
 * @returns null when no model is fit
 */
export function initialChoice(field: Field, models: readonly string[]): string | null {
  const { settings } = field
  const healthy = models.filter((model) => {
    const { clusters, failureRate } = analysisOf(field, model)
    return clusters >= settings.minItemsAdvisory && !isAbove(failureRate, settings.failCap, settings.tieTol)
  })
  const best = Math.max(...healthy.map((model) => analysisOf(field, model).accuracy))
  const fit = healthy.filter((model) => {
    const { accuracy, clusters } = analysisOf(field, model)
    return !isBelow(accuracy, best - nonInferiorityMargin(settings, clusters), settings.tieTol)
  })
  return fit.map((model) => candidate(field, model)).toSorted(betterFirst)[0]?.model ?? null
}

interface Candidate {
  model: string
  total: number
  failureRate: number
}

function candidate(field: Field, model: string): Candidate {
  const items = [...callsByItem(callsOfModel(field, model)).values()]
  const total = meanOf(items, (calls) => itemScores(calls, field.settings, { speed: 0, cost: 0 }).total)
  return { model, total: rounded(total), failureRate: analysisOf(field, model).failureRate }
}

function betterFirst(one: Candidate, other: Candidate): number {
  return other.total - one.total || one.failureRate - other.failureRate || (one.model < other.model ? -1 : 1)
}
