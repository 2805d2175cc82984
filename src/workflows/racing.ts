import { recordsOf } from '../analysis/outcome-records.ts'
import { type Evaluation, type PlannedModel, plannedCalls } from '../evaluation/evaluation.ts'
import type { MeasuredOutcome } from '../evaluation/measured-outcome.ts'
import { isProviderReason } from '../providers/provider.ts'
import { type Race, type RacingVerdict, startRace } from '../recommendation/race.ts'
import { decisionInputsOf } from './decision-inputs.ts'
import type { RunStanding } from './run-standings.ts'

/** A challenger that racing dropped, with the check that decided and how many of its calls were made after all. */
export interface DroppedChallenger extends Omit<Extract<RacingVerdict, { status: 'drop' }>, 'status'> {
  model: string
  asked: number
  planned: number
}

/** The race of an evaluation; what was stored before an interruption is noted like what comes. */
export interface EvaluationRace {
  note(outcome: MeasuredOutcome): void
  verdictOn: Race['verdictOn']
}

/** Nobody is dropped where racing was refused, nobody holds the seat, or the incumbent does not run. */
export function raceOf(evaluation: Evaluation): EvaluationRace {
  const { racing, references, settings, clusters } = decisionInputsOf(evaluation)
  const incumbent = evaluation.models.find(({ role }) => role === 'incumbent')
  if (!racing || incumbent === undefined) return { note: () => {}, verdictOn: () => ({ status: 'go-on' }) }
  const race = startRace({
    incumbent: incumbent.name,
    samples: evaluation.sampleKeys,
    repeats: incumbent.repeats,
    refs: { latencyMs: references.latencyMs, costUsd: references.costUsd },
    config: settings,
  })
  const runners = new Set(evaluation.models.filter(isRunner).map(({ name }) => name))
  return {
    note(outcome) {
      if (outcome.model !== incumbent.name && !runners.has(outcome.model)) return
      for (const record of recordsOf([outcome], (key) => clusters[key])) race.note(record, isProviderFault(outcome))
    },
    verdictOn: (model) => (runners.has(model) ? race.verdictOn(model) : { status: 'go-on' }),
  }
}

/**
 * Who was dropped, from the outcomes alone: the same again after an interruption, and years later. A run that is not judged
 * for a reason of its provider was not dropped.
 */
export function droppedByRacing(
  evaluation: Evaluation,
  outcomes: readonly MeasuredOutcome[],
  standings: ReadonlyMap<string, RunStanding>,
): DroppedChallenger[] {
  const race = raceOf(evaluation)
  for (const outcome of outcomes) race.note(outcome)
  const asked = Map.groupBy(outcomes, ({ model }) => model)
  return evaluation.models.flatMap((model) => {
    const verdict = race.verdictOn(model.name)
    if (verdict.status === 'go-on' || standings.get(model.name)?.status !== 'judged') return []
    const { status: _dropped, ...check } = verdict
    const calls = asked.get(model.name)?.length ?? 0
    return { model: model.name, ...check, asked: calls, planned: plannedCalls(model, evaluation) }
  })
}

function isRunner({ role, locked }: PlannedModel): boolean {
  return role === 'challenger' && locked === undefined
}

function isProviderFault(outcome: MeasuredOutcome): boolean {
  return outcome.status === 'failed' && isProviderReason(outcome.failure.kind)
}
