import type { Model } from '../providers/model.ts'
import { type Placement, placementOf } from '../providers/placement.ts'
import { costOf } from '../providers/price.ts'

/** What an evaluation will ask of one model, before it is asked. */
export interface ModelEstimate {
  model: string
  calls: number
  costUsd: number | undefined
}

export interface Estimate {
  models: ModelEstimate[]
  calls: number
  /** Lanes run at the same time, the models of a lane share it; undefined when a model's time is unknown. */
  ms: number | undefined
  /** Undefined when the cost of a model is unknown. */
  costUsd: number | undefined
}

/** Until a model has been measured, a remote call is taken to last this long. */
const assumedRemoteMs = 2_000

/** The same within this process, and what scoring and storing take there: no waiting for an answer hides them. */
const assumedInProcessMs = 3
const scoringAndStoringMs = 2

/** English text has about four characters a token. */
const charactersPerToken = 4

export interface ModelToEstimate {
  model: Model
  calls: number
  concurrency: number
  /** What the configuration allows each model of the provider. */
  requestsPerMinute: number | undefined
  /** Mean latency of its last run, where there is one. */
  knownLatencyMs: number | undefined
}

/**
 * How many calls, about how long, and what cost at list price.
 * @param promptCharacters mean length of a rendered prompt
 * @param answerCharacters mean length of a perfect answer
 */
export function estimate(
  models: readonly ModelToEstimate[],
  promptCharacters: number,
  answerCharacters: number,
): Estimate {
  const usage = {
    inputTokens: Math.ceil(promptCharacters / charactersPerToken),
    outputTokens: Math.ceil(answerCharacters / charactersPerToken),
    reasoningTokens: undefined,
    cachedInputTokens: undefined,
  }
  const parts = models.map(({ model, calls, concurrency, requestsPerMinute, knownLatencyMs }) => {
    const perCallMs = knownLatencyMs ?? assumedLatencyMs(placementOf(model))
    const computing = perCallMs === undefined ? undefined : { ms: perCallMs, sharedBy: concurrency }
    const perCallUsd = costOf(model, usage, computing)
    return {
      lane: placementOf(model) === 'remote' ? model.provider : placementOf(model),
      model: model.name,
      calls,
      ms: perCallMs === undefined ? undefined : takenMs(model, perCallMs, concurrency) * calls,
      leastMs: requestsPerMinute === undefined ? 0 : (60_000 * calls) / requestsPerMinute,
      costUsd: perCallUsd === undefined ? undefined : perCallUsd * calls,
    }
  })
  const lanes = [...Map.groupBy(parts, ({ lane }) => lane).values()].map(laneMs)
  return {
    models: parts.map(({ model, calls, costUsd }) => ({ model, calls, costUsd })),
    calls: parts.reduce((sum, { calls }) => sum + calls, 0),
    ms: lanes.some((ms) => ms === undefined) ? undefined : Math.max(0, ...lanes.map((ms) => ms ?? 0)),
    costUsd: knownSum(parts.map(({ costUsd }) => costUsd)),
  }
}

/** The models of a lane share its time, and each has a limit of its own. */
function laneMs(parts: readonly { ms: number | undefined; leastMs: number }[]): number | undefined {
  const sum = knownSum(parts.map(({ ms }) => ms))
  return sum === undefined ? undefined : Math.max(sum, ...parts.map(({ leastMs }) => leastMs))
}

function assumedLatencyMs(placement: Placement): number | undefined {
  if (placement === 'in-process') return assumedInProcessMs
  return placement === 'remote' ? assumedRemoteMs : undefined
}

/** What a call takes of its lane. Within this process calls share one thread, and a simulated latency is never spent. */
function takenMs(model: Model, perCallMs: number, concurrency: number): number {
  if (placementOf(model) !== 'in-process') return perCallMs / concurrency
  return (model.providerKind === 'simulated' ? assumedInProcessMs : perCallMs) + scoringAndStoringMs
}

function knownSum(values: readonly (number | undefined)[]): number | undefined {
  return values.reduce<number | undefined>(
    (sum, value) => (sum === undefined || value === undefined ? undefined : sum + value),
    0,
  )
}
