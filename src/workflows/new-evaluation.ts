import type { GoldenSet } from '../datasets/dataset.ts'
import type { Evaluation } from '../evaluation/evaluation.ts'
import type { Model } from '../providers/model.ts'
import { newId } from '../shared/new-id.ts'
import type { ModelChoice } from './choose-models.ts'
import type { CycleRequest } from './cycle-request.ts'
import { storedInputs } from './decision-inputs.ts'
import { type Epoch, modelEpoch } from './epoch.ts'
import { lockChallengers } from './lock-challengers.ts'
import type { Proposal } from './propose-models.ts'
import type { TierHistory } from './tier-history.ts'
import type { TierMaterial } from './tier-material.ts'

/** The row of an evaluation that is about to start, with all that its verdict will need. */
export function newEvaluation(
  { tier, task, golden, sampleKeys, seed }: TierMaterial,
  { references, shared, settings, creep, start, earlier, seat, liveRequests }: TierHistory,
  choice: ModelChoice,
  models: ReadonlyMap<string, Model>,
  context: {
    request: CycleRequest
    cycleId: string
    incumbent: string | undefined
    proposals: readonly Proposal[]
    registry: ReadonlyMap<string, Model>
    now: Date
  },
): Evaluation {
  const { request, cycleId, incumbent, proposals, registry, now } = context
  // The model before may come back without having run: what is locked then is the pair of both.
  const before = registry.get(seat?.previousModel ?? '')
  const known = [...models.values(), ...(before === undefined ? [] : [before])]
  const epoch: Epoch = {
    shared,
    models: Object.fromEntries(known.map((model) => [model.name, modelEpoch(model)])),
  }
  return {
    id: newId(),
    cycleId,
    tier: tier.id,
    tierName: tier.name,
    name: request.testName ?? `Weekly Tier ${tier.id} Model Comparison`,
    status: 'running',
    taskFolder: task.folder,
    datasetName: golden.name,
    datasetVersion: golden.version,
    datasetHash: golden.hash,
    sampleKeys,
    seed,
    models: lockChallengers(choice.models, epoch, earlier, sampleKeys.length, settings),
    skipped: choice.skipped,
    incumbent,
    decision: storedInputs({
      references,
      settings,
      epoch,
      history: start,
      racing: request.racing,
      creep: creep ?? null,
      rollbackThreshold: seat?.rollbackThresholdAccuracy ?? null,
      minimumAccuracy: tier.minimumAccuracy ?? null,
      rollout: { policy: tier.rollout.policy, liveRequests },
      verifiedBy: verifiedBy(golden, sampleKeys),
      proposals: [...proposals],
      clusters: Object.fromEntries(
        golden.samples.flatMap(({ key, cluster }) => (cluster === undefined ? [] : [[key, cluster]])),
      ),
    }),
    applies: request.apply && request.limit === undefined,
    startedAt: now,
    finishedAt: undefined,
  }
}

/** In whose words the targets are true, with the number of samples each: reports repeat it. */
function verifiedBy({ targets }: GoldenSet, sampleKeys: readonly string[]): { words: string; samples: number }[] {
  const words = sampleKeys.map((key) => targets.get(key)?.verifiedBy ?? 'not verified')
  return [...Map.groupBy(words, (word) => word)].map(([word, same]) => ({ words: word, samples: same.length }))
}
