import { randomUUID } from 'node:crypto'
import type { GoldenSet } from '../datasets/dataset.ts'
import type { Evaluation } from '../evaluation/evaluation.ts'
import type { Model } from '../providers/model.ts'
import { priceOf } from '../providers/price.ts'
import { scorerVersion } from '../scoring/scorers.ts'
import type { JsonObject } from '../shared/json.ts'
import type { Task } from '../tasks/task.ts'
import type { ModelChoice } from './choose-models.ts'
import type { CycleRequest } from './cycle-request.ts'
import { storedInputs } from './decision-inputs.ts'
import { decisionSettingsOf, type References, referencesOf } from './decision-settings-of.ts'
import type { Proposal } from './propose-models.ts'
import type { TierMaterial } from './tier-material.ts'

/** The row of an evaluation that is about to start, with all that its verdict will need. */
export function newEvaluation(
  { tier, task, golden, sampleKeys, seed }: TierMaterial,
  choice: ModelChoice,
  models: ReadonlyMap<string, Model>,
  context: {
    request: CycleRequest
    cycleId: string
    incumbent: string | undefined
    proposals: readonly Proposal[]
    now: Date
  },
): Evaluation {
  const { request, cycleId, incumbent, proposals, now } = context
  const references = referencesOf(tier)
  return {
    id: randomUUID(),
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
    ...choice,
    incumbent,
    decision: storedInputs({
      references,
      settings: decisionSettingsOf(tier, references),
      epoch: epochKey(task, golden, references, models),
      minimumAccuracy: tier.minimumAccuracy ?? null,
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

/** Everything whose change makes old and new results incomparable; the models' own versions are in their outcomes. */
function epochKey(
  task: Task,
  golden: GoldenSet,
  { latencyMs, costUsd }: References,
  models: ReadonlyMap<string, Model>,
): JsonObject {
  return {
    ...task.hashes,
    scorer: scorerVersion,
    dataset: golden.hash,
    parameters: { temperature: 0, maxOutputTokens: task.maxOutputTokens },
    references: { latencyMs, costUsd },
    prices: Object.fromEntries([...models.values()].map((model) => [model.name, { ...priceOf(model) } as JsonObject])),
  }
}
