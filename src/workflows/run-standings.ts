import type { Evaluation, PlannedModel, SkippedModel } from '../evaluation/evaluation.ts'
import type { MeasuredOutcome } from '../evaluation/measured-outcome.ts'
import type { Failed } from '../evaluation/outcome.ts'
import { isProviderReason } from '../providers/provider.ts'
import { remedyFor } from '../providers/remedy.ts'
import { countedOf } from '../shared/counted.ts'
import { rate } from '../shared/format-number.ts'

/** Whether what a model answered may be held against it. */
export type RunStanding =
  | { status: 'judged' }
  /** Too many calls failed for the provider's reason. */
  | { status: 'invalid'; reason: string; remedy: string }
  /** The provider does not have the model. */
  | { status: 'gone'; reason: string; remedy: string }

/** More failures for the provider's reason than this make a run invalid; up to it they count 0 like any other. */
const tolerated = 0.05

/** The standing of each model's run, from its outcomes. */
export function runStandings(
  models: readonly PlannedModel[],
  outcomes: readonly MeasuredOutcome[],
): Map<string, RunStanding> {
  const byModel = Map.groupBy(outcomes, ({ model }) => model)
  return new Map(models.map((model) => [model.name, standingOf(byModel.get(model.name) ?? [], model)]))
}

/** Runs that were made and are not judged, as people read of models that were not compared. */
export function leftOut(standings: ReadonlyMap<string, RunStanding>): SkippedModel[] {
  return [...standings].flatMap(([model, standing]) =>
    standing.status === 'judged' ? [] : [{ model, reason: standing.reason, remedy: standing.remedy }],
  )
}

/** An evaluation says nothing when its incumbent's run, or every run of a language model, is invalid. */
export function evaluationStatus(
  { incumbent, models }: Evaluation,
  standings: ReadonlyMap<string, RunStanding>,
): 'completed' | 'invalid' {
  const isInvalid = (name: string) => standings.get(name)?.status === 'invalid'
  const candidates = models.filter(({ role }) => role !== 'baseline')
  const isNothingLeft = candidates.length > 0 && candidates.every(({ name }) => isInvalid(name))
  return isNothingLeft || (incumbent !== undefined && isInvalid(incumbent)) ? 'invalid' : 'completed'
}

/** Whether so many failures for the provider's reason leave nothing to judge. */
export function isTooMany(faults: number, calls: number): boolean {
  return faults > tolerated * calls
}

function standingOf(outcomes: readonly MeasuredOutcome[], model: PlannedModel): RunStanding {
  const failures = outcomes.flatMap((outcome) => (outcome.status === 'failed' ? [outcome.failure] : []))
  if (failures.some(({ kind }) => kind === 'model-not-found')) return gone(model)
  const faults = failures.filter(({ kind }) => isProviderReason(kind))
  return isTooMany(faults.length, outcomes.length) ? invalid(faults, outcomes.length, model) : { status: 'judged' }
}

function invalid(
  faults: readonly Failed['failure'][],
  calls: number,
  { provider, providerKind }: PlannedModel,
): RunStanding {
  const kinds = [...Map.groupBy(faults, ({ kind }) => kind).values()].toSorted(
    (one, other) => other.length - one.length,
  )
  const counts = kinds.map((same) => `${same.length} ${same[0]?.kind}`).join(', ')
  const [example] = kinds.flat()
  const share = `${countedOf(faults.length, calls, 'call')} (${rate(faults.length / calls)})`
  return {
    status: 'invalid',
    reason: `${share} failed for a reason of its provider: ${counts}. ${example?.message.replace(/\.$/, '')}`,
    remedy: remedyFor(providerKind, example?.kind, provider),
  }
}

function gone({ providerKind }: PlannedModel): RunStanding {
  return providerKind === 'ollama'
    ? { status: 'gone', reason: 'Ollama has not pulled it', remedy: 'Pull it with `ollama pull`' }
    : {
        status: 'gone',
        reason: 'its provider does not know it (404)',
        remedy: 'Look for its successor: npx incumbent models discover',
      }
}
