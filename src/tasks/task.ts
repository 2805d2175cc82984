import type { JsonObject, JsonValue } from '../shared/json.ts'
import type { ScorerName, ScorerOptions } from './scorer-options.ts'

/** One line of `scoring` in task.yaml: a path of the answer, and how it is compared with the target. */
export type FieldScoring<Name extends ScorerName = ScorerName> = { [Each in Name]: ScoredBy<Each> }[Name]

export interface ScoredBy<Name extends ScorerName> {
  /** Path in the answer: `a.b`, or `a[].b` for the `b` of every element of `a`. */
  path: string
  /** Path in the target, where it differs from `path`. */
  targetPath: string
  scorer: Name
  /** Points of 100. A field of weight 0 is reported and does not count. */
  weight: number
  /** The scorer's own settings: `k`, `tolerance`, `aliases`, `levels`, … */
  options: ScorerOptions[Name]
}

/** The two sections of prompt.md. */
export interface PromptTemplate {
  system: string
  user: string
  /** Keys of the input that the sections insert, and the line of prompt.md on which each stands first. */
  placeholders: ReadonlyMap<string, number>
}

/** What a tier asks: prompt, schema of the answer, scorers. Read from a folder such as golden-datasets/job-analysis/tier1. */
export interface Task {
  name: string
  title: string
  description: string
  folder: string
  prompt: PromptTemplate
  /** JSON Schema (draft 2020-12 subset that all providers can enforce) of the answer. */
  answerSchema: JsonObject
  /** JSON Schema of a target (target.schema.json), for targets that are not simply answers. */
  targetSchema: JsonObject | undefined
  maxOutputTokens: number
  scoring: FieldScoring[]
  /** Knowledge of the baseline (rules.yaml); a task without it has no baseline. */
  rules: JsonValue | undefined
  /** SHA-256 over prompt, answer schema and scoring: parts of the epoch key. */
  hashes: { prompt: string; answerSchema: string; scoring: string }
}

/** One turn of a conversation. */
export type Message =
  | { role: 'system' | 'user'; content: string }
  | { role: 'assistant'; content: string; toolCalls?: readonly ToolCall[] | undefined }
  /** What a tool returned for the call with that id. */
  | { role: 'tool'; content: string; toolCallId: string }

export interface ToolCall {
  id: string
  name: string
  /** The arguments as the model wrote them: JSON, but unchecked. */
  arguments: string
  /** What the provider wants back beside the call in the next turn: Gemini's signature of its thought. */
  signature?: string | undefined
}

/** A parsed answer, or the reason why the text is none. The text is kept by the caller in both cases. */
export type ParsedAnswer =
  | {
      status: 'parsed'
      answer: JsonObject
      /** How the JSON was found: the whole text, inside a fenced block, or as the one object in surrounding text. */
      form: 'plain' | 'fenced' | 'surrounded'
      /** What the answer's schema has against it, in words; empty when it is valid. */
      schemaErrors: string[]
    }
  | { status: 'malformed'; reason: string }
