import * as z from 'zod'
import { counted } from './counted.ts'
import { didYouMean, nearestWord } from './nearest-word.ts'

/** One thing that is wrong with a value, in words: "expected …, got …". */
export interface Problem {
  path: PropertyKey[]
  message: string
}

export type Checked<T> = { status: 'valid'; value: T } | { status: 'invalid'; problems: Problem[] }

/**
 * Checks a value against a schema and reports everything that is wrong with it at once. Unknown keys of a strict object
 * come with the key that was probably meant. A message that the schema states itself is kept as it is; a refinement may
 * instead state `params: { expected: 'five fields' }`.
 */
export function checkAgainst<S extends z.ZodType>(schema: S, value: unknown): Checked<z.output<S>> {
  const result = schema.safeParse(value, { error: messageOf })
  if (result.success) return { status: 'valid', value: result.data }
  return { status: 'invalid', problems: result.error.issues.flatMap((issue) => problemsOf(issue, [])) }
}

/** `a.b[0].c`; the empty path is "the top level". */
export function pathText(path: readonly PropertyKey[]): string {
  const text = path.map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`)).join('')
  return text === '' ? 'the top level' : text.replace(/^\./, '')
}

/** A value in a message: short, with the word YAML users have for it. */
export function shownValue(value: unknown): string {
  if (value === undefined || value === null) return 'nothing'
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list'
  if (typeof value === 'object') return 'a map'
  if (typeof value !== 'string') return String(value as number | boolean | bigint)
  const text = JSON.stringify(value)
  return text.length > 60 ? `${text.slice(0, 57)}…"` : text
}

function problemsOf(issue: z.core.$ZodIssue, parents: readonly PropertyKey[]): Problem[] {
  const path = [...parents, ...issue.path]
  if (issue.code === 'unrecognized_keys') {
    // One problem a key, so that each is reported with its own line.
    const messages = issue.message.split('\n')
    return issue.keys.map((key, index) => ({ path: [...path, key], message: messages[index] ?? issue.message }))
  }
  if (issue.code === 'invalid_union') {
    // The branch that got furthest into the value is the one that was meant.
    const branch = issue.errors.find((issues) => issues.some(isInside))
    if (branch !== undefined) return branch.flatMap((inner) => problemsOf(inner, path))
  }
  if (issue.code === 'invalid_key') return issue.issues.map((inner) => ({ path, message: inner.message }))
  return [{ path, message: issue.message }]
}

/** Whether the type of the value itself was right and only something in it is not. */
function isInside(issue: z.core.$ZodIssue): boolean {
  return issue.path.length > 0 || issue.code === 'unrecognized_keys' || issue.code === 'custom'
}

/** zod asks this for every issue whose schema has no message of its own. */
function messageOf(issue: z.core.$ZodRawIssue): string {
  if (issue.code === 'unrecognized_keys') return unknownKeys(issue).join('\n')
  return `expected ${expectedBy(issue)}, got ${shownValue(issue.input)}`
}

function unknownKeys(issue: z.core.$ZodRawIssue<z.core.$ZodIssueUnrecognizedKeys>): string[] {
  const known = issue.inst instanceof z.ZodObject ? Object.keys(issue.inst.shape) : []
  return issue.keys.map((key) => {
    const expected = known.length === 0 ? 'no keys here' : `one of ${known.join(', ')}`
    return `expected ${expected}, got the unknown key "${key}"${didYouMean(key, known)}`
  })
}

function expectedBy(issue: z.core.$ZodRawIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return typeWords[issue.expected] ?? `a value of type ${issue.expected}`
    case 'invalid_value':
      return oneOf(issue.values.map(String), issue.input)
    case 'too_small':
      return sized(issue.origin, issue.inclusive === false ? 'more than' : 'at least', issue.minimum)
    case 'too_big':
      return sized(issue.origin, issue.inclusive === false ? 'less than' : 'at most', issue.maximum)
    case 'invalid_format':
      if (issue.format === 'email') return 'an e-mail address'
      return issue.format === 'regex' ? `text that matches ${issue.pattern}` : `text in the form of ${issue.format}`
    case 'invalid_union':
      return unionWords(issue)
    case 'not_multiple_of':
      return `a multiple of ${issue.divisor}`
    case 'custom':
      return String(issue.params?.expected ?? 'another value')
    default:
      return 'another value'
  }
}

const typeWords: Record<string, string> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  object: 'a map',
  record: 'a map',
  array: 'a list',
}

function oneOf(words: readonly string[], input: unknown): string {
  const meant = typeof input === 'string' ? nearestWord(input, words) : undefined
  const list = words.length === 1 ? `"${words[0]}"` : `one of ${words.join(', ')}`
  return meant === undefined ? list : `${list} (did you mean "${meant}"?)`
}

function unionWords(issue: z.core.$ZodRawIssue<z.core.$ZodIssueInvalidUnion>): string {
  const branches = issue.errors.flat().map((inner) => /^expected (.*), got /.exec(inner.message)?.[1] ?? inner.message)
  return [...new Set(branches)].join(' or ')
}

function sized(origin: string, comparison: string, limit: number | bigint): string {
  if (origin === 'string')
    return limit === 1 ? 'text that is not empty' : `text of ${comparison} ${counted(Number(limit), 'character')}`
  if (origin === 'array') return `a list of ${comparison} ${counted(Number(limit), 'entry', 'entries')}`
  return `a number of ${comparison} ${limit}`
}
