import { canonicalJson, isJsonObject, type JsonObject } from '../shared/json.ts'
import { jsonExtent } from './json-extent.ts'

/** The one JSON object that a text holds, or why it is not certain which one that is. */
export type FoundAnswer =
  | { status: 'found'; answer: JsonObject; form: 'plain' | 'fenced' | 'surrounded' }
  | { status: 'malformed'; reason: string }

/** Deeper answers are no answers: JSON nested thousands of levels deep breaks whatever reads it after us. */
const deepest = 100

type Step =
  | { status: 'object'; object: JsonObject; start: number; end: number }
  | { status: 'malformed'; reason: string }

/**
 * Finds the answer in what a model said: the whole text, the content of a fenced block, or the one object in other text.
 * Only what is certain is taken: two different objects, a broken one, one that is cut off, and a list of objects are
 * malformed, and nothing is repaired. Every text is read in time proportional to its length.
 */
export function findAnswer(said: string): FoundAnswer {
  const text = said.replace(/^\uFEFF/, '').trim()
  const withoutThought = text.replace(/^<think>[\s\S]*?<\/think>/, '').trim()
  if (withoutThought.startsWith('<think>')) return malformed('the reasoning (<think>) was not ended')
  const found = plain(withoutThought) ?? searched(withoutThought)
  return found.status === 'found' && withoutThought !== text ? { ...found, form: 'surrounded' } : found
}

function plain(text: string): FoundAnswer | undefined {
  if (jsonExtent(text, 0).depth > deepest) return undefined
  const value = parsed(text)
  if (value === undefined) return undefined
  if (isJsonObject(value)) return { status: 'found', answer: value, form: 'plain' }
  return malformed(`expected a JSON object, got ${Array.isArray(value) ? 'a list' : 'another JSON value'}`)
}

function searched(text: string): FoundAnswer {
  const first = nextObject(text, 0)
  if (first === undefined) return malformed('no JSON object in the text')
  if (first.status === 'malformed') return first
  for (let next = nextObject(text, first.end); next !== undefined; next = nextObject(text, next.end)) {
    if (next.status === 'malformed') return next
    if (canonicalJson(next.object) !== canonicalJson(first.object)) return malformed('several different JSON objects')
  }
  return { status: 'found', answer: first.object, form: isFenced(text, first) ? 'fenced' : 'surrounded' }
}

/** The next object at or after an index. A brace in prose, such as {this}, is none and is passed over. */
function nextObject(text: string, from: number): Step | undefined {
  const opening = /\[\s*\{|\{/g
  opening.lastIndex = from
  for (let match = opening.exec(text); match !== null; match = opening.exec(text)) {
    if (match[0].startsWith('[')) return malformed('expected a JSON object, got a list of them')
    const proseEnd = endOfProse(text, match.index)
    if (proseEnd === undefined) return objectAt(text, match.index)
    opening.lastIndex = proseEnd
  }
  return undefined
}

/** Where a pair of braces that cannot be JSON ends: it holds neither a quotation mark nor another brace. */
function endOfProse(text: string, start: number): number | undefined {
  const prose = /\{(?!\s*\})[^{}"]*\}/y
  prose.lastIndex = start
  return prose.test(text) ? prose.lastIndex : undefined
}

function objectAt(text: string, start: number): Step {
  const { end, depth } = jsonExtent(text, start)
  if (end === undefined) return malformed('the JSON object is not ended')
  if (depth > deepest) return malformed(`the JSON is nested more than ${deepest} levels deep`)
  const object = parsed(text.slice(start, end))
  if (!isJsonObject(object)) return malformed('the JSON object is broken')
  return { status: 'object', object, start, end }
}

/** Whether the object is all that a fenced block holds. */
function isFenced(text: string, { start, end }: { start: number; end: number }): boolean {
  return /```[\w-]*\s*$/.test(text.slice(Math.max(0, start - 40), start)) && /^\s*```/.test(text.slice(end, end + 40))
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function malformed(reason: string): { status: 'malformed'; reason: string } {
  return { status: 'malformed', reason }
}
