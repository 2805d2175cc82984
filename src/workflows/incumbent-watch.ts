import type { OutcomeMeasures } from '../database/outcome-queries.ts'
import { type Evaluation, incumbentOf } from '../evaluation/evaluation.ts'
import type { MeasuredOutcome } from '../evaluation/measured-outcome.ts'
import type { FailureKind } from '../evaluation/outcome.ts'
import { isProviderReason } from '../providers/provider.ts'
import type { WatchedCall } from '../rollout/drift-means.ts'
import { type DriftWatch, watchIncumbent } from '../rollout/watch-incumbent.ts'
import { decisionInputsOf } from './decision-inputs.ts'
import type { History } from './history.ts'
import { type EarlierEvaluation, reignOf } from './pool-history.ts'

/**
 * The weekly watch over the incumbent of a complete evaluation.
 * @param outcomes with those of a re-test
 * @returns undefined where the seat is vacant or nothing follows from the evaluation
 */
export function driftOf(
  evaluation: Evaluation,
  outcomes: readonly MeasuredOutcome[],
  { earlier, measures, versions }: Pick<History, 'earlier' | 'measures' | 'versions'>,
): DriftWatch | undefined {
  const incumbent = incumbentOf(evaluation)
  if (incumbent === undefined || !evaluation.applies) return undefined
  const { epoch, rollbackThreshold, history } = decisionInputsOf(evaluation)
  const own = outcomes.filter(({ model }) => model === incumbent.name)
  const runs = reignOf(incumbent.name, history.heldSince, { epoch, versions }, earlier)
  return watchIncumbent({
    run: own.filter(({ repeat }) => repeat < incumbent.repeats).map(watched),
    retest: own.filter(({ repeat }) => repeat >= incumbent.repeats).map(watched),
    earlier: runs.map((run) => callsOf(run, incumbent.name, measures)),
    floor: rollbackThreshold,
  })
}

function watched(outcome: MeasuredOutcome): WatchedCall {
  const kind = outcome.status === 'failed' ? outcome.failure.kind : undefined
  const accuracy = outcome.status === 'scored' ? outcome.accuracy : 0
  return { item: outcome.sampleKey, accuracy, isProviderFault: isNotOfModel(kind) }
}

function callsOf({ id }: EarlierEvaluation, model: string, measures: readonly OutcomeMeasures[]): WatchedCall[] {
  return measures
    .filter((measured) => measured.evaluationId === id && measured.model === model)
    .map(({ sampleKey, accuracy = 0, failureKind }) => {
      return { item: sampleKey, accuracy, isProviderFault: isNotOfModel(failureKind) }
    })
}

/** Also a model that its provider does not have any more has not answered worse. */
function isNotOfModel(kind: FailureKind | undefined): boolean {
  return kind === 'model-not-found' || isProviderReason(kind)
}
