import type { ProviderErrorKind, Usage } from '../../providers/provider.ts'

/** One attempt at answering one live request. Prompts and answers are never in it. */
export interface LiveObservation {
  requestId: string
  /** When the attempt was begun. */
  at: Date
  /** Undefined for a model that was asked by its name. */
  tier: number | undefined
  model: string
  /**
   * The rollout that it counts for. In the shadow it is on the incumbent's attempt only where a copy was made: both arms
   * answer the same requests.
   */
  rolloutId: string | undefined
  /** Of that rollout, when the request was routed; undefined without one. */
  countsEpoch: number | undefined
  /** `fallback` is also the incumbent that answers after the challenger failed; `direct` was asked for by its name. */
  arm: 'incumbent' | 'challenger' | 'fallback' | 'direct'
  stage: 'shadow' | 'partial' | 'full' | 'none'
  /** From 1. Only a first attempt was chosen by the split. */
  attempt: number
  /** `cancelled` by the client. What limits of our own refused before it was sent is no observation. */
  outcome: 'answered' | 'failed' | 'cancelled'
  failureKind: ProviderErrorKind | undefined
  /** Whether the answer breaks the schema of the request; undefined without a schema or an answer. */
  invalid: boolean | undefined
  /** To the complete answer, the failure or the cancellation. */
  latencyMs: number | undefined
  /** To the first token, when streaming. */
  firstTokenMs: number | undefined
  /** Above the limit that counted then; undefined where there was none. */
  slow: boolean | undefined
  /** In the shadow: whether a structured answer differs from the incumbent's; undefined where it cannot be told. */
  disagrees: boolean | undefined
  usage: Usage
  costUsd: number | undefined
}
