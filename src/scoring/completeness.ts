import { isJsonObject, type JsonObject, type JsonValue } from '../shared/json.ts'
import { type AnswerSchema, isNullable, typeOf } from '../tasks/schema-subset.ts'

/**
 * Share of the schema's required fields that are present and well-typed, 0 to 100.
 *
 * The fields are the leaves of the schema: an object stands for its required properties, a list for the required fields of
 * its elements; either counts as one leaf when it requires nothing. Each leaf counts the same, however long a list is: 1
 * when its value has the schema's type and is one of its `enum`, null included where the schema allows it. A leaf below a
 * list counts the share of elements in which it is well-typed, and 1 for an empty list. Null where the schema allows an
 * object or a list to be null fills all leaves below; a missing or wrongly typed object or list fills none.
 */
export function completeness(schema: AnswerSchema, answer: JsonValue): number {
  return (100 * filledLeaves(schema, answer)) / leafCount(schema)
}

function leafCount(node: AnswerSchema): number {
  const inner = typeOf(node) === 'array' ? itemsOf(node) : requiredOf(node).map(([, property]) => property)
  return Math.max(1, sum(inner.map(leafCount)))
}

function filledLeaves(node: AnswerSchema, value: JsonValue | undefined): number {
  if (value === undefined) return 0
  if (value === null && isNullable(node)) return leafCount(node)
  const type = typeOf(node)
  if (type === 'array') return Array.isArray(value) ? filledByElements(node, value) : 0
  if (type === 'object') return isJsonObject(value) ? filledByProperties(node, value) : 0
  return isWellTyped(node, type, value) ? 1 : 0
}

function filledByElements(node: AnswerSchema, list: readonly JsonValue[]): number {
  const [items] = itemsOf(node)
  if (items === undefined || list.length === 0) return leafCount(node)
  return sum(list.map((element) => filledLeaves(items, element))) / list.length
}

function filledByProperties(node: AnswerSchema, object: JsonObject): number {
  const required = requiredOf(node)
  if (required.length === 0) return 1
  return sum(required.map(([key, inner]) => filledLeaves(inner, Object.hasOwn(object, key) ? object[key] : undefined)))
}

function isWellTyped(node: AnswerSchema, type: string, value: JsonValue): boolean {
  if (node.enum !== undefined && !node.enum.includes(value as string)) return false
  if (type === 'integer') return Number.isInteger(value)
  if (type === 'number') return Number.isFinite(value)
  return type === 'null' ? value === null : typeof value === type
}

function requiredOf({ required, properties }: AnswerSchema): [string, AnswerSchema][] {
  return (required ?? []).flatMap((key) => {
    const inner = properties?.[key]
    return inner === undefined ? [] : [[key, inner]]
  })
}

function itemsOf({ items }: AnswerSchema): AnswerSchema[] {
  return items === undefined ? [] : [items]
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}
