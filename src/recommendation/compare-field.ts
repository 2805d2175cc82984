import type { EvaluationRecords } from '../analysis/evaluation-records.ts'
import { compare } from './compare.ts'
import { analysisOf, callsOfModel, type Field } from './field.ts'
import { judge } from './judge.ts'
import { type PairedItem, pairedItems } from './paired-items.ts'
import type { Comparison } from './recommendation.ts'
import { inWeeks, weeksInBoth, weeksOf } from './weeks.ts'

/** Every challenger of the field against the incumbent, each on the weeks in which both ran. */
export function compareField(field: Field, incumbent: string, records: EvaluationRecords): Comparison[] {
  const { settings } = field
  const rivals = field.models.filter((model) => model !== incumbent)
  const challengers = Math.max(1, rivals.length, records.challengers ?? 0)
  return rivals.map((model) => {
    const pair = compare(model, commonItems(field, incumbent, model), field.expectedItems, challengers, settings)
    const look = lookAt(records, model)
    const weeksSinceSwitch = records.weeksSinceSwitch ?? null
    return judge(pair, { settings, challenger: analysisOf(field, model), look, weeksSinceSwitch })
  })
}

/** The items that both were asked, in the weeks in which both ran and the incumbent did not fail too often. */
export function commonItems(field: Field, incumbent: string, challenger: string): PairedItem[] {
  const own = callsOfModel(field, challenger)
  const weeks = weeksInBoth(field.incumbentWeeks, weeksOf(own))
  return pairedItems(inWeeks(callsOfModel(field, incumbent), weeks), inWeeks(own, weeks))
}

function lookAt({ looks }: EvaluationRecords, model: string): number {
  return looks && Object.hasOwn(looks, model) ? (looks[model] ?? 1) : 1
}
