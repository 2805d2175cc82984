import { randomUUID } from 'node:crypto'
import type { Config } from '../config/config.ts'
import type { TierConfig } from '../config/tier-config.ts'
import type { GoldenSet } from '../datasets/dataset.ts'
import { parseVersion } from '../datasets/dataset-reference.ts'
import { loadDatasetVersion } from '../datasets/load-dataset-version.ts'
import type { Evaluation } from '../evaluation/evaluation.ts'
import { type Lane, planCalls, seededOrder } from '../evaluation/plan-calls.ts'
import type { Model } from '../providers/model.ts'
import { placementOf } from '../providers/placement.ts'
import { priceOf } from '../providers/price.ts'
import { scorerVersion } from '../scoring/scorers.ts'
import type { JsonObject } from '../shared/json.ts'
import { UserError } from '../shared/user-error.ts'
import { loadGoldenSet } from '../tasks/load-golden-set.ts'
import { loadTask } from '../tasks/load-task.ts'
import { renderPrompt } from '../tasks/render-prompt.ts'
import type { Task } from '../tasks/task.ts'
import { type Availability, chooseModels, type ModelChoice } from './choose-models.ts'
import { decisionSettingsOf, type References, referencesOf } from './decision-settings-of.ts'
import { type Estimate, estimate } from './estimate.ts'
import type { Proposal } from './propose-models.ts'

/** What a person may ask of a cycle; undefined takes the tier's own setting. */
export interface CycleRequest {
  tiers: readonly number[] | undefined
  models: readonly string[] | undefined
  /** Version (`v1`) or dataset and version (`job-analysis@v1`). */
  dataset: string | undefined
  limit: number | undefined
  repeats: number | undefined
  concurrency: number | undefined
  apply: boolean
  testName: string | undefined
}

/** What a tier is asked, with its golden data. */
export interface TierMaterial {
  tier: TierConfig
  task: Task
  golden: GoldenSet
  /** The samples to ask, in the order in which they are asked. */
  sampleKeys: string[]
  seed: number
}

/** An evaluation that can start: everything was read and checked, nothing was asked yet. */
export interface PreparedEvaluation extends TierMaterial {
  evaluation: Evaluation
  models: ReadonlyMap<string, Model>
  lanes: Lane[]
  estimate: Estimate
}

/**
 * Reads and checks what a tier is evaluated on.
 * @throws UserError for every problem of task, dataset or targets, and for fewer samples than an evaluation needs
 */
export function loadTierMaterial(tier: TierConfig, request: Pick<CycleRequest, 'dataset' | 'limit'>): TierMaterial {
  const task = loadTask(tier.task)
  const version = loadDatasetVersion(tier.dataset.folder, wantedVersion(tier, request.dataset))
  const golden = loadGoldenSet(version, task)
  const seed = Number.parseInt(golden.hash.slice(0, 8), 16)
  const order = seededOrder(
    golden.samples.map(({ key }) => key),
    seed,
  )
  const sampleKeys = request.limit === undefined ? order : order.slice(0, request.limit)
  refuseTooFew(tier, golden, sampleKeys.length)
  return { tier, task, golden, sampleKeys, seed }
}

function wantedVersion(tier: TierConfig, asked: string | undefined): string | undefined {
  if (asked === undefined) return tier.dataset.version
  const [first = '', second] = asked.split('@')
  if (second === undefined) return parseVersion(first)
  if (first !== tier.dataset.name) {
    throw new UserError(
      `--dataset ${asked}: tier ${tier.id} is evaluated on "${tier.dataset.name}" (tiers.${tier.id}.dataset in incumbent.yaml). Give a version of it, such as ${tier.dataset.name}@${second}, or change the configuration.`,
    )
  }
  return parseVersion(second)
}

function refuseTooFew(
  { id, minimumSamples }: TierConfig,
  { name, version, unlabelled }: GoldenSet,
  samples: number,
): void {
  if (samples >= minimumSamples) return
  const missing = unlabelled.length === 0 ? '' : ` ${unlabelled.length} samples have no target for this tier.`
  throw new UserError(
    `Tier ${id}: Golden dataset must have at least ${minimumSamples} jobs; ${name}@${version} gives ${samples} labelled samples.${missing} Fewer cannot tell models apart.`,
  )
}

/** Decides who takes part and plans the calls; asks nothing. */
export function prepareEvaluation(
  material: TierMaterial,
  context: {
    config: Config
    request: CycleRequest
    cycleId: string
    incumbent: string | undefined
    /** Models to turn to when none of the tier's can be asked. */
    proposals: readonly Proposal[]
    registry: ReadonlyMap<string, Model>
    availability: (model: Model) => Availability
    /** Mean latency of a model's last run on this tier, in milliseconds. */
    knownLatencyMs: (model: string) => number | undefined
    now: Date
  },
): PreparedEvaluation {
  const { tier } = material
  const { config, request, incumbent, registry } = context
  const choice = chooseModels({
    incumbent,
    candidates: [...tier.candidates, ...addedFor(tier, registry)],
    baselines: material.task.rules === undefined ? [] : config.baselines,
    only: request.models,
    repeats: request.repeats ?? tier.repeats,
    registry,
    availability: context.availability,
  })
  const models = new Map(choice.models.map(({ name }) => [name, registered(name, registry)]))
  const evaluation = evaluationFrom(material, choice, models, context)
  return {
    ...material,
    evaluation,
    models,
    lanes: lanesFor(evaluation, models, config, request.concurrency),
    estimate: estimateFor(material, evaluation, models, context),
  }
}

/** Models that people added to the registry for this tier. */
function addedFor({ id }: TierConfig, registry: ReadonlyMap<string, Model>): string[] {
  return [...registry.values()].filter(({ tiers = [] }) => tiers.includes(id)).map(({ name }) => name)
}

/**
 * An interrupted evaluation, ready to go on with the models, samples and settings it was started with.
 * @throws UserError when what is asked is not what it was when it started
 */
export function continueEvaluation(
  material: TierMaterial,
  evaluation: Evaluation,
  registry: ReadonlyMap<string, Model>,
  config: Config,
): PreparedEvaluation {
  const { task, golden } = material
  const { prompt, answerSchema, scoring } = evaluation.decision.epoch as JsonObject
  const before = { dataset: evaluation.datasetHash, prompt, answerSchema, scoring }
  const changed = Object.entries({ dataset: golden.hash, ...task.hashes }).filter(
    ([part, hash]) => hash !== before[part as keyof typeof before],
  )
  if (changed.length > 0) {
    const parts = changed.map(([part]) => part).join(' and ')
    throw new UserError(
      `Evaluation ${evaluation.id} cannot go on: ${parts} changed since it started, so old and new answers would not be comparable. Put back what was, or start anew: npx incumbent run --tier ${evaluation.tier}`,
    )
  }
  const models = new Map(evaluation.models.map(({ name }) => [name, registered(name, registry)]))
  const again = { ...material, sampleKeys: evaluation.sampleKeys, seed: evaluation.seed }
  const request = { concurrency: undefined }
  return {
    ...again,
    evaluation,
    models,
    lanes: lanesFor(evaluation, models, config, undefined),
    estimate: estimateFor(again, evaluation, models, { config, request, knownLatencyMs: () => undefined }),
  }
}

/** The lanes of an evaluation, also of one that is resumed. */
function lanesFor(
  evaluation: Evaluation,
  models: ReadonlyMap<string, Model>,
  config: Config,
  concurrency: number | undefined,
): Lane[] {
  const plans = evaluation.models.map(({ name, provider, repeats }) => ({
    name,
    provider,
    repeats,
    placement: placementOf(registered(name, models)),
    isIncumbent: name === evaluation.incumbent,
    concurrency: concurrency ?? config.providers[provider]?.concurrency ?? 1,
  }))
  return planCalls(plans, evaluation.sampleKeys)
}

function registered(name: string, registry: ReadonlyMap<string, Model>): Model {
  const model = registry.get(name)
  if (model === undefined) throw new Error(`The model "${name}" is planned and not in the registry.`)
  return model
}

function evaluationFrom(
  { tier, task, golden, sampleKeys, seed }: TierMaterial,
  choice: ModelChoice,
  models: ReadonlyMap<string, Model>,
  { request, cycleId, incumbent, proposals, now }: Parameters<typeof prepareEvaluation>[1],
): Evaluation {
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
    decision: {
      references: { ...references },
      settings: { ...decisionSettingsOf(tier, references) } as unknown as JsonObject,
      epoch: epochKey(task, golden, references, models),
      minimumAccuracy: tier.minimumAccuracy ?? null,
      verifiedBy: verifiedBy(golden, sampleKeys),
      proposals: proposals.map((proposal) => ({ ...proposal })),
      // Kept, so that the verdict can be replayed without the files.
      clusters: Object.fromEntries(
        golden.samples.flatMap(({ key, cluster }) => (cluster === undefined ? [] : [[key, cluster]])),
      ),
    },
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

function estimateFor(
  { task, golden, sampleKeys }: TierMaterial,
  evaluation: Evaluation,
  models: ReadonlyMap<string, Model>,
  context: {
    config: Config
    request: { concurrency: number | undefined }
    knownLatencyMs: (model: string) => number | undefined
  },
): Estimate {
  const { config, request, knownLatencyMs } = context
  const prompts = golden.samples.map((sample) =>
    renderPrompt(task, sample).reduce((sum, { content }) => sum + content.length, 0),
  )
  const answers = [...golden.targets.values()].map(({ target }) => JSON.stringify(target).length)
  return estimate(
    evaluation.models.map(({ name, provider, repeats }) => ({
      model: registered(name, models),
      calls: repeats * sampleKeys.length,
      concurrency: request.concurrency ?? config.providers[provider]?.concurrency ?? 1,
      knownLatencyMs: knownLatencyMs(name),
    })),
    mean(prompts),
    mean(answers),
  )
}

function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length
}
