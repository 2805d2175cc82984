import type { JsonObject } from '../shared/json.ts'
import type { Message, ToolCall } from '../tasks/task.ts'
import type { ChatSettings, StreamPiece } from './chat-settings.ts'
import type { Prompt } from './tokens/prompt.ts'

export const providerKinds = ['gemini', 'ollama', 'openai', 'rules', 'simulated'] as const
export type ProviderKind = (typeof providerKinds)[number]

/** What can call models. Adapters are made by factories and hold no judgement about the answers. */
export interface Provider {
  kind: ProviderKind
  /** @throws ProviderError for every failure; an abort of the request's signal rejects with the signal's reason. */
  generate(request: GenerateRequest): Promise<Generated>
  /**
   * The same answer piece by piece; the generator returns it whole, with its counts. It fails as `generate` does, also after
   * pieces went out (`isMidStream`). Ending it early, or aborting the signal, closes the connection at once.
   */
  stream?: (request: GenerateRequest) => AsyncGenerator<StreamPiece, Generated, undefined>
  /**
   * Finds out, where it has not yet, what the model's server does with the schema of an answer; true when that took a call,
   * so that the model is loaded. Where it is absent there is nothing to find out.
   * @throws ProviderError when the server cannot be asked
   */
  probe?(request: GenerateRequest): Promise<boolean>
  /** Tokens of a prompt by the server's own count; undefined where the server does not count. Fails as `generate` does. */
  countTokens?: (prompt: Prompt) => Promise<number | undefined>
  listModels(signal?: AbortSignal): Promise<ListedModel[]>
}

/** One question to one model, of an evaluation (made from a sample without its target) or of an application. */
export interface GenerateRequest extends ChatSettings {
  /** The provider's own id of the model. */
  modelId: string
  messages: Message[]
  /** JSON Schema of the answer; undefined asks for free text. */
  answerSchema: JsonObject | undefined
  /** Undefined leaves it to the server, as an application may; so does an undefined temperature. */
  maxOutputTokens: number | undefined
  temperature: number | undefined
  seed: number | undefined
  timeoutMs: number
  signal: AbortSignal
  /** For in-process models that read the input itself instead of the prompt, and for their choice of knowledge. */
  sample:
    | { key: string /** Its identity among the tasks: the folder. */; task: string; input: JsonObject; repeat: number }
    | undefined
}

export interface Generated {
  text: string
  /** In their order; undefined where the model called no tool. */
  toolCalls?: ToolCall[]
  /** The words in which the model declined, where the provider tells them apart from an answer. */
  refusal?: string
  finishReason: FinishReason
  usage: Usage
  timing: Timing
  /** One entry for every setting that could not be honoured. */
  warnings: string[]
  /** Calls it took, the one that answered included; undefined means 1. */
  attempts?: number
  /** The exact version that answered (model version, digest, server version), where the provider says. */
  modelVersion: string | undefined
}

/** Our closed word beside what the provider said. */
export interface FinishReason {
  unified: 'stop' | 'length' | 'tool-calls' | 'blocked' | 'other'
  raw: string | undefined
}

/** Token counts; undefined where the provider does not say, never 0 by default. */
export interface Usage {
  inputTokens: number | undefined
  /** All billed output, reasoning included. */
  outputTokens: number | undefined
  reasoningTokens: number | undefined
  /** The part of `inputTokens` that came from a cache. */
  cachedInputTokens: number | undefined
}

/** Milliseconds of the call that answered; waiting for a slot or for a retry is not in it. */
export interface Timing {
  totalMs: number
  firstTokenMs: number | undefined
  /** Spent on loading the model; part of `totalMs` where it happened. */
  loadMs: number | undefined
  /** Spent before the call on slots, throttles and earlier attempts; not part of `totalMs`. */
  queueMs: number | undefined
}

export interface ListedModel {
  id: string
  contextTokens: number | undefined
  description: string | undefined
  /** What tells two states of the model under the same id apart (a digest), where the provider says. */
  version?: string | undefined
}

/** The failures of which only the provider is the reason (decisions.md 6.3): they say nothing about the model. */
export const providerReasons = ['rate-limited', 'quota-exhausted', 'overloaded', 'unreachable', 'auth'] as const

export function isProviderReason(kind: string | undefined): boolean {
  return providerReasons.some((reason) => reason === kind)
}

export const providerErrorKinds = [
  ...providerReasons,
  'timeout',
  'model-not-found',
  'blocked',
  'invalid-request',
] as const
export type ProviderErrorKind = (typeof providerErrorKinds)[number]

/** A call that got no answer. Whether another attempt can succeed is decided once, where the error is made. */
export class ProviderError extends Error {
  override readonly name = 'ProviderError'
  readonly kind: ProviderErrorKind
  readonly isRetryable: boolean
  readonly retryAfterMs: number | undefined
  readonly status: number | undefined
  /** Whether pieces of the answer went out before it failed; then nobody can begin anew unseen. */
  isMidStream = false
  /** Calls made before giving up (0: it was known to be in vain, or our own limits forbade it), and the time around them. */
  attempts = 1
  waitedMs = 0

  constructor(
    kind: ProviderErrorKind,
    message: string,
    options: {
      isRetryable?: boolean
      retryAfterMs?: number | undefined
      status?: number | undefined
      cause?: unknown
    } = {},
  ) {
    super(message, options.cause === undefined ? {} : { cause: options.cause })
    this.kind = kind
    this.isRetryable = options.isRetryable ?? false
    this.retryAfterMs = options.retryAfterMs
    this.status = options.status
  }
}
