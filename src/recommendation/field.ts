import { analyse } from '../analysis/analyse.ts'
import type { ModelAnalysis } from '../analysis/analysis.ts'
import { type Call, callsByModel, callsOf } from '../analysis/calls.ts'
import { settingsOf } from '../analysis/decision-settings.ts'
import type { DecisionSettings, EvaluationRecords, Week } from '../analysis/evaluation-records.ts'
import { healthyWeeksOf, latestWeekOf, weeksOf } from './weeks.ts'

/** Who takes part in a decision, and on which calls. */
export interface Field {
  settings: DecisionSettings
  incumbent: string | null
  /** Who ran in the latest week: only they are judged. Sorted by name. */
  models: string[]
  /** Calls of all weeks, also of models that are not judged. */
  calls: ReadonlyMap<string, readonly Call[]>
  analysis: Readonly<Record<string, ModelAnalysis>>
  /** Null when the records have no weeks. */
  latestWeek: Week
  /** Weeks in which the incumbent did not fail too often to be compared with. */
  incumbentWeeks: ReadonlySet<Week>
  /** Number of items that were to be asked. */
  expectedItems: number
}

export function fieldOf(records: EvaluationRecords): Field {
  const settings = settingsOf(records)
  const calls = callsOf(records, settings)
  const byModel = callsByModel(calls)
  const latestWeek = latestWeekOf(calls)
  const incumbent = records.incumbent ?? null
  const incumbentCalls = (incumbent === null ? undefined : byModel.get(incumbent)) ?? []
  return {
    settings,
    incumbent,
    models: [...byModel].filter(([, own]) => weeksOf(own).has(latestWeek)).map(([model]) => model),
    calls: byModel,
    analysis: analyse(records).models,
    latestWeek,
    incumbentWeeks: healthyWeeksOf(incumbentCalls, settings.invalidRunFailRate, settings.tieTol),
    expectedItems: records.items?.length || new Set(calls.map(({ item }) => item)).size,
  }
}

/** What is said of one model; there is something for every model of the field. */
export function analysisOf(field: Field, model: string): ModelAnalysis {
  const analysis = field.analysis[model]
  if (analysis === undefined) throw new Error(`No analysis of ${model}, although it is in the field.`)
  return analysis
}

export function callsOfModel(field: Field, model: string): readonly Call[] {
  return field.calls.get(model) ?? []
}
