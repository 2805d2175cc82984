import type { Config } from '../config/config.ts'
import type { TierConfig } from '../config/tier-config.ts'
import { type Evaluation, incumbentOf, plannedCalls } from '../evaluation/evaluation.ts'
import { type Lane, planCalls } from '../evaluation/plan-calls.ts'
import type { Model } from '../providers/model.ts'
import { placementOf } from '../providers/placement.ts'
import { UserError } from '../shared/user-error.ts'
import { renderPrompt } from '../tasks/render-prompt.ts'
import { type Availability, chooseModels } from './choose-models.ts'
import type { CycleRequest } from './cycle-request.ts'
import { decisionInputsOf } from './decision-inputs.ts'
import { type Estimate, estimate } from './estimate.ts'
import { newEvaluation } from './new-evaluation.ts'
import type { Proposal } from './propose-models.ts'
import type { TierHistory } from './tier-history.ts'
import type { TierMaterial } from './tier-material.ts'

/** An evaluation that can start: everything was read and checked, nothing was asked yet. */
export interface PreparedEvaluation extends TierMaterial {
  evaluation: Evaluation
  models: ReadonlyMap<string, Model>
  lanes: Lane[]
  /** The whole dataset once more for the incumbent alone, where its run makes drift suspect. */
  retestLanes: Lane[]
  /** Calls at the same time to one provider; undefined: what the configuration says of it. */
  concurrency: number | undefined
  estimate: Estimate
  /** Whether a daily quota that is used up ends it for the day instead of failing the calls that are left. */
  waitsForQuota?: boolean
}

/** Decides who takes part and plans the calls; asks nothing. */
export function prepareEvaluation(
  material: TierMaterial,
  history: TierHistory,
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
    candidates: candidatesOf(tier, registry),
    baselines: material.task.rules === undefined ? [] : config.baselines,
    only: request.models,
    repeats: request.repeats ?? tier.repeats,
    registry,
    availability: context.availability,
  })
  const models = new Map(choice.models.map(({ name }) => [name, registered(name, registry)]))
  const evaluation = newEvaluation(material, history, choice, models, context)
  return {
    ...material,
    evaluation,
    models,
    ...allLanes(evaluation, models, config, request.concurrency),
    concurrency: request.concurrency,
    estimate: estimateFor(material, evaluation, models, context),
  }
}

/** Those of the configuration, and those that people added to the registry for this tier. */
export function candidatesOf({ id, candidates }: TierConfig, registry: ReadonlyMap<string, Model>): string[] {
  const added = [...registry.values()].filter(({ tiers = [] }) => tiers.includes(id))
  return [...candidates, ...added.map(({ name }) => name)]
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
  const { prompt, answerSchema, scoring } = decisionInputsOf(evaluation).epoch.shared
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
    ...allLanes(evaluation, models, config, undefined),
    concurrency: undefined,
    estimate: estimateFor(again, evaluation, models, { config, request, knownLatencyMs: () => undefined }),
  }
}

function allLanes(...plan: Parameters<typeof lanesFor>): Pick<PreparedEvaluation, 'lanes' | 'retestLanes'> {
  const [evaluation, ...rest] = plan
  const incumbent = incumbentOf(evaluation)
  if (incumbent === undefined) return { lanes: lanesFor(...plan), retestLanes: [] }
  const again = lanesFor({ ...evaluation, models: [incumbent] }, ...rest)
  return { lanes: lanesFor(...plan), retestLanes: again.map((lane) => afterRepeats(lane, incumbent.repeats)) }
}

function afterRepeats({ name, blocks }: Lane, repeats: number): Lane {
  const later = blocks.map((block) => ({
    ...block,
    calls: block.calls.map((call) => ({ ...call, repeat: call.repeat + repeats })),
  }))
  return { name, blocks: later }
}

/** The lanes of an evaluation, also of one that is resumed. */
function lanesFor(
  evaluation: Evaluation,
  models: ReadonlyMap<string, Model>,
  config: Config,
  concurrency: number | undefined,
): Lane[] {
  const plans = evaluation.models.map(({ name, provider, repeats, locked }) => ({
    name,
    provider,
    repeats,
    samples: locked?.samples,
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

function estimateFor(
  { task, golden }: TierMaterial,
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
    evaluation.models.map((planned) => ({
      model: registered(planned.name, models),
      calls: plannedCalls(planned, evaluation),
      concurrency: request.concurrency ?? config.providers[planned.provider]?.concurrency ?? 1,
      requestsPerMinute: config.providers[planned.provider]?.requestsPerMinute,
      knownLatencyMs: knownLatencyMs(planned.name),
    })),
    mean(prompts),
    mean(answers),
  )
}

function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length
}
