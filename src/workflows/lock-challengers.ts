import type { DecisionSettings } from '../analysis/evaluation-records.ts'
import { firstRacingBlock } from '../analysis/racing-schedule.ts'
import type { PlannedModel } from '../evaluation/evaluation.ts'
import { challengerLock } from '../recommendation/challenger-lock.ts'
import type { Epoch, Witness } from './epoch.ts'
import { type EarlierEvaluation, looksAt } from './pool-history.ts'

/**
 * The models of an evaluation that starts now, with the challengers that are not compared any more in this epoch marked:
 * those are asked a first block of the samples once, so that their trend goes on and a new version of them is noticed.
 */
export function lockChallengers(
  models: readonly PlannedModel[],
  epoch: Epoch,
  earlier: readonly EarlierEvaluation[],
  samples: number,
  settings: DecisionSettings,
): PlannedModel[] {
  const incumbent = models.find(({ role }) => role === 'incumbent')
  if (incumbent === undefined) return [...models]
  const now: Witness = { epoch, versions: latestVersions(earlier) }
  return models.map((model) => {
    if (model.role !== 'challenger') return model
    const lock = challengerLock(looksAt([incumbent.name, model.name], now, earlier), settings)
    if (lock.status === 'open') return model
    return { ...model, repeats: 1, locked: { reason: lock.reason, samples: firstRacingBlock(samples) } }
  })
}

/** The version in which each model answered last: which one will answer now is not known before it is asked. */
function latestVersions(earlier: readonly EarlierEvaluation[]): Witness['versions'] {
  return new Map(earlier.flatMap(({ versions }) => [...versions]))
}
