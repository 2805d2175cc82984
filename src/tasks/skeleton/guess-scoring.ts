import type { JsonObject } from '../../shared/json.ts'
import { UserError } from '../../shared/user-error.ts'
import { parsePath, valueAtPath } from '../answer-path.ts'
import { numberFrom } from '../number-from.ts'
import { type AnswerSchema, typeOf } from '../schema-subset.ts'
import type { ScorerName } from '../scorer-options.ts'

/** A line of `scoring` as it is written into a new task.yaml. */
export interface GuessedField {
  path: string
  scorer: ScorerName
  weight: number
  options: Record<string, number>
}

/** Longer texts are compared by their words, since no two people write them the same. */
const wordsOfShortText = 4
/** Whole numbers within so narrow a range are taken for levels of a scale. */
const widestScale = 10

/**
 * A scorer for every value of the targets that can be compared, with equal weights that sum to 100.
 * @throws UserError for a key of a target that no path can name
 */
export function guessScoring(schema: AnswerSchema, targets: readonly JsonObject[]): GuessedField[] {
  const places = fieldsOf(schema, '')
  const fields = places.map(({ path, node }) => ({ path, ...guess(node, valuesAt(targets, path)) }))
  const share = Math.floor(100 / fields.length)
  return fields.map((field, index) => ({ ...field, weight: share + (index < 100 - share * fields.length ? 1 : 0) }))
}

function fieldsOf(node: AnswerSchema, path: string): { path: string; node: AnswerSchema }[] {
  const type = typeOf(node)
  if (type === 'object') {
    return Object.entries(node.properties ?? {}).flatMap(([key, inner]) => fieldsOf(inner, joined(path, key)))
  }
  const { items } = node
  if (type !== 'array' || items === undefined) return [{ path, node }]
  if (typeOf(items) === 'array') return []
  return typeOf(items) === 'object'
    ? fieldsOf(items, `${path}[]`).map((field) => ({ ...field, node }))
    : [{ path, node }]
}

/** @throws UserError for a key that a path cannot name */
function joined(path: string, key: string): string {
  if (parsePath(key)?.length !== 1) {
    throw new UserError(
      `Expected keys of targets without spaces, dots and brackets, got "${key}": rename it in the file.`,
    )
  }
  return path === '' ? key : `${path}.${key}`
}

function guess(
  node: AnswerSchema,
  values: readonly unknown[],
): { scorer: ScorerName; options: Record<string, number> } {
  const type = typeOf(node)
  if (type === 'array') return { scorer: 'set-f1', options: {} }
  if (type === 'number') return { scorer: 'within', options: { tolerance: 0.01 } }
  if (type === 'integer') return guessForWholeNumbers(values.flatMap((value) => numberFrom(value) ?? []))
  return { scorer: type === 'string' && isLongText(node, values) ? 'text-similarity' : 'equal', options: {} }
}

function guessForWholeNumbers(numbers: readonly number[]): { scorer: ScorerName; options: Record<string, number> } {
  const span = Math.max(...numbers) - Math.min(...numbers)
  const isScale = new Set(numbers).size >= 3 && span <= widestScale
  return isScale ? { scorer: 'ordinal', options: { span } } : { scorer: 'within', options: {} }
}

function isLongText(node: AnswerSchema, values: readonly unknown[]): boolean {
  const words = values.map((value) => String(value).trim().split(/\s+/).length)
  return node.enum === undefined && words.reduce((sum, count) => sum + count, 0) > wordsOfShortText * words.length
}

function valuesAt(targets: readonly JsonObject[], path: string): unknown[] {
  return targets.flatMap((target) => {
    const found = valueAtPath(target, path)
    return found.status === 'found' ? [found.value] : []
  })
}
