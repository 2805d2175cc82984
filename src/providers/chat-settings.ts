import type { JsonObject } from '../shared/json.ts'

/**
 * What an application may ask for beyond what an evaluation asks. A setting that a provider or a model lacks becomes a
 * warning where the answer stays an answer to the question (`topP`, penalties, `parallelToolCalls`), and an
 * `invalid-request` error where it would be another (tools, a forced tool, `stop`).
 */
export interface ChatSettings {
  tools?: readonly Tool[] | undefined
  /** Default: `auto` where there are tools. */
  toolChoice?: ToolChoice | undefined
  parallelToolCalls?: boolean | undefined
  /** Asks for JSON of any shape; an answer schema says more and goes first. */
  responseFormat?: 'json_object' | undefined
  /** The caller's own name of the answer schema, where the protocol shows the model one. */
  schemaName?: string | undefined
  /** Whether the answer schema is sent as strict; undefined decides by whether a strict server would take it. */
  strict?: boolean | undefined
  topP?: number | undefined
  stop?: readonly string[] | undefined
  presencePenalty?: number | undefined
  frequencyPenalty?: number | undefined
}

export interface Tool {
  name: string
  description: string | undefined
  /** JSON Schema of the arguments; undefined for a tool that takes none. */
  parameters: JsonObject | undefined
  strict?: boolean | undefined
}

/** `required`: some tool; a name: that one. */
export type ToolChoice = 'auto' | 'none' | 'required' | { name: string }

/** A part of an answer on its way, never empty. Thoughts of the model are in none. */
export type StreamPiece = { kind: 'text'; text: string } | ToolCallPiece

/** The pieces of a call have its `index`; the first one has `id` and `name`, and the `arguments` of all are joined. */
export interface ToolCallPiece {
  kind: 'tool-call'
  /** 0 for the first call of the answer. */
  index: number
  id?: string
  name?: string
  /** Gemini's signature of the thought behind the call, where it came with the piece. */
  signature?: string | undefined
  /** A part of the JSON text; may be empty. */
  arguments: string
}
