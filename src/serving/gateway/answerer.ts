import type { StreamPiece } from '../../providers/chat-settings.ts'
import type { Generated, GenerateRequest } from '../../providers/provider.ts'

/**
 * Answers the chat request of an application with a model of its choice. For a stream it resolves when the first piece is
 * there, so that until then another model can take over.
 * @throws ProviderError of the last attempt; GatewayError for what cannot be asked; the signal's reason when it is aborted
 */
export type Answerer = (request: GatewayRequest) => Promise<Answered | AnsweredStream>

/** A checked request. */
export interface GatewayRequest {
  /** The caller's `x-request-id`, else one that was made for it. */
  requestId: string
  /** As the application wrote it: `tier-1`, the name of a tier, or the name of a model. */
  model: string
  /** What makes the choice of a model stick: `x-incumbent-key`, `metadata.key` or `user`, in this order. */
  key: string | undefined
  question: Question
  wantsStream: boolean
  /** Aborted when the client closes the connection, when time is up, and when the service stops. */
  signal: AbortSignal
}

/** All of a request to a provider that does not depend on the model. */
export type Question = Omit<GenerateRequest, 'modelId' | 'timeoutMs' | 'signal' | 'sample'>

/** Also an answer to a request for a stream, where the model gives none: it is then sent in one piece. */
export interface Answered {
  kind: 'whole'
  generated: Generated
  servedBy: ServedBy
}

export interface AnsweredStream {
  kind: 'stream'
  /** Ended early (`return`) when the client goes away. */
  pieces: AsyncGenerator<StreamPiece, Generated, undefined>
  servedBy: ServedBy
}

/** Whose answer it is; told in the headers of the response. */
export interface ServedBy {
  /** Name in the registry. */
  model: string
  /** Undefined where the application named a model. */
  tier: number | undefined
  /** Where the tier's rollout stands; `none` without one. */
  stage: 'shadow' | 'partial' | 'full' | 'none'
  /** 1 for the first model that was asked. */
  attempt: number
  rolloutId: string | undefined
}

/** What the HTTP service needs of whoever answers. */
export interface Gateway {
  answer: Answerer
  /** Tiers and models by the names under which they can be asked, as they are now. */
  models(): readonly ServedModel[]
  /** What keeps it from answering for a tier, in sentences; empty when nothing does. */
  missing(): readonly string[]
  /** Ends what runs in the background and stores what is not stored yet. */
  stop(): Promise<void>
}

/** An entry of `GET /v1/models`. */
export interface ServedModel {
  id: string
  createdAt: Date
  /** `incumbent` for a tier, else the name of the provider. */
  ownedBy: string
}
