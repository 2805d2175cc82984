import { type Call, callsByItem } from '../analysis/calls.ts'
import type { Week } from '../analysis/evaluation-records.ts'
import { callsOfModel, type Field } from './field.ts'
import { inWeeks, weeksInBoth, weeksOf } from './weeks.ts'

/** One item that every model of the field was asked, with the calls of each in the order of the field's models. */
export interface SharedItem {
  cluster: string
  calls: readonly (readonly Call[])[]
}

/** The items that all models share in the weeks that all share, sorted by code point. */
export function sharedItems(field: Field): SharedItem[] {
  const weeks = sharedWeeks(field)
  const byModel = field.models.map((model) => callsByItem(inWeeks(callsOfModel(field, model), weeks)))
  return [...(byModel[0]?.keys() ?? [])].flatMap((item) => {
    const calls = byModel.flatMap((items) => [items.get(item) ?? []])
    return calls.every((own) => own.length > 0) ? { cluster: calls[0]?.[0]?.cluster ?? item, calls } : []
  })
}

/** Weeks in which every model ran; without those in which the incumbent failed too often, if any remain. */
function sharedWeeks(field: Field): ReadonlySet<Week> {
  const [first = new Set<Week>(), ...others] = field.models.map((model) => weeksOf(callsOfModel(field, model)))
  const shared = others.reduce(weeksInBoth, first)
  const healthy = weeksInBoth(shared, field.incumbentWeeks)
  return healthy.size > 0 ? healthy : shared
}
