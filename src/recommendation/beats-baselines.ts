import { analyse } from '../analysis/analyse.ts'
import { type Call, callsByModel, callsOf } from '../analysis/calls.ts'
import { settingsOf } from '../analysis/decision-settings.ts'
import type { EvaluationRecords } from '../analysis/evaluation-records.ts'
import { meanOf } from '../analysis/item-scores.ts'
import { clusteredMean, type Observation } from '../analysis/statistics/clustered-mean.ts'
import { studentQuantile } from '../analysis/statistics/student-t.ts'
import { isAbove } from '../analysis/statistics/tolerance.ts'
import { accuracyEvidence } from './accuracy-evidence.ts'
import { pairedItems } from './paired-items.ts'
import { inWeeks, weeksInBoth, weeksOf } from './weeks.ts'

/** Whether a model is above the floor. Differences are accuracy points, positive in favour of the model. */
export type BaselineCheck =
  | { status: 'above'; baseline: string; difference: number; interval90: [number, number] }
  | { status: 'not-shown'; baseline: string; difference: number | null; interval90: [number, number] | null }
  | { status: 'no-baseline' }

/**
 * Whether a model is more accurate than the most accurate baseline, paired by item over the weeks in which both ran,
 * one-sided at 95 %: ā* − t_{.95, G*₊−1} · se* > 0, with ā* and se* of the accuracy differences augmented by the
 * two pseudo-clusters of decisions.md section 6.2. So a few samples prove little, even without spread: 10 samples need
 * at least 27 points, 100 samples 2.4. `interval90` is ā* ± t · se*, whose lower end decides; `difference` is the plain
 * mean.
 * @param records with the baselines among the models
 */
export function beatsBaselines(records: EvaluationRecords, model: string, baselines: readonly string[]): BaselineCheck {
  const settings = settingsOf(records)
  const calls = callsByModel(callsOf(records, settings))
  const baseline = mostAccurate(records, baselines)
  if (baseline === undefined) return { status: 'no-baseline' }
  const differences = accuracyDifferences(calls.get(baseline) ?? [], calls.get(model) ?? [])
  if (differences.length === 0) return { status: 'not-shown', baseline, difference: null, interval90: null }
  const { mean: difference, clusters } = clusteredMean(differences)
  if (clusters < 2) return { status: 'not-shown', baseline, difference, interval90: null }
  const { mean, standardError, degrees } = accuracyEvidence(differences)
  const half = studentQuantile(0.95, degrees) * standardError
  const interval90: [number, number] = [mean - half, mean + half]
  const status = isAbove(interval90[0], 0, settings.tieTol) ? 'above' : 'not-shown'
  return { status, baseline, difference, interval90 }
}

/** The first by name where several are equally accurate. */
function mostAccurate(records: EvaluationRecords, baselines: readonly string[]): string | undefined {
  const { models } = analyse(records)
  const measured = baselines.toSorted().flatMap((model) => {
    const accuracy = models[model]?.accuracy
    return accuracy === undefined ? [] : { model, accuracy }
  })
  return measured.toSorted((one, other) => other.accuracy - one.accuracy)[0]?.model
}

function accuracyDifferences(baseline: readonly Call[], model: readonly Call[]): Observation[] {
  const weeks = weeksInBoth(weeksOf(baseline), weeksOf(model))
  return pairedItems(inWeeks(baseline, weeks), inWeeks(model, weeks)).map(({ cluster, incumbent, challenger }) => ({
    cluster,
    value: meanOf(challenger, ({ accuracy }) => accuracy) - meanOf(incumbent, ({ accuracy }) => accuracy),
  }))
}
