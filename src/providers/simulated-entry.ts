import { createHash } from 'node:crypto'
import type { JsonObject, JsonValue } from '../shared/json.ts'
import { type GenerateRequest, ProviderError } from './provider.ts'

/** task name → sample key → the right answer. */
export type AnswerBook = ReadonlyMap<string, ReadonlyMap<string, JsonObject>>

/** What a simulated model answers with, before its errors. */
export interface Entry {
  task: string
  key: string
  repeat: number
  right: JsonObject
  warnings: string[]
}

const notOfTheConversation = 'Simulated: an answer of the book, not one to this conversation.'

/**
 * The entry of a sample; for a request without one, always the same of those that have what its schema requires.
 * @throws ProviderError of kind `invalid-request` when the book has none
 */
export function entryFor(answerBook: AnswerBook, request: GenerateRequest): Entry {
  const { sample, tools = [], toolChoice } = request
  if (tools.length > 0 && toolChoice !== 'none') {
    throw new ProviderError('invalid-request', 'Simulated models call no tools.')
  }
  if (sample === undefined) return entryForConversation(answerBook, request)
  const { task, key, repeat } = sample
  const right = answerBook.get(task)?.get(key)
  if (right === undefined) throw noEntry()
  return { task, key, repeat, right, warnings: [] }
}

function entryForConversation(answerBook: AnswerBook, { messages, answerSchema }: GenerateRequest): Entry {
  const number = createHash('sha256').update(JSON.stringify(messages)).digest().readUInt32LE(0)
  const fitting = entriesWith(answerBook, Array.isArray(answerSchema?.required) ? answerSchema.required : [])
  const entry = fitting[number % Math.max(1, fitting.length)]
  if (entry === undefined) throw noEntry()
  return { ...entry, repeat: number, warnings: [notOfTheConversation] }
}

type Fitting = readonly Pick<Entry, 'task' | 'key' | 'right'>[]

/** A book does not change, and an application asks for the same form again and again. */
const known = new WeakMap<AnswerBook, Map<string, Fitting>>()

/** The entries of the first task of which any answer has what is required. */
function entriesWith(answerBook: AnswerBook, required: readonly JsonValue[]): Fitting {
  const byForm = known.get(answerBook) ?? new Map<string, Fitting>()
  known.set(answerBook, byForm)
  const form = JSON.stringify(required)
  const found = byForm.get(form) ?? firstEntriesWith(answerBook, required)
  byForm.set(form, found)
  return found
}

function firstEntriesWith(answerBook: AnswerBook, required: readonly JsonValue[]): Fitting {
  for (const [task, answers] of answerBook) {
    const fitting = [...answers].filter(([, answer]) =>
      required.every((name) => typeof name === 'string' && name in answer),
    )
    if (fitting.length > 0) return fitting.map(([key, right]) => ({ task, key, right }))
  }
  return []
}

function noEntry(): ProviderError {
  return new ProviderError('invalid-request', 'The answer book of the simulated models has no answer to this request.')
}
