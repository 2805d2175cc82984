import type { ProviderErrorKind, Usage } from '../providers/provider.ts'
import type { FieldScore } from '../scoring/score.ts'
import type { JsonObject } from '../shared/json.ts'

/** `malformed`: no JSON object in the text; `empty`: no text; `truncated`: cut at the token limit before it was JSON. */
export type FailureKind = ProviderErrorKind | 'malformed' | 'empty' | 'truncated'

/** One sample asked once. */
export type Outcome = AskedOnce & (Scored | Failed)

interface AskedOnce {
  model: string
  sampleKey: string
  /** 0-based. */
  repeat: number
  askedAt: Date
  /** Of the model's own call that answered; undefined when there was none. */
  latencyMs: number | undefined
  /** Spent on slots, throttles and earlier attempts; not part of the latency. */
  waitedMs: number
  attempts: number
  usage: Usage
  /** Of all attempts together, at list price; undefined when a needed figure is unknown. */
  costUsd: number | undefined
  /** What the model said, as it came. */
  rawText: string | undefined
  modelVersion: string | undefined
  warnings: string[]
}

export interface Scored {
  status: 'scored'
  answer: JsonObject
  form: 'plain' | 'fenced' | 'surrounded'
  schemaErrors: string[]
  accuracy: number
  completeness: number
  fields: FieldScore[]
}

export interface Failed {
  status: 'failed'
  failure: { kind: FailureKind; message: string }
}
