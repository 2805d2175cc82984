import { canonicalJson, isJsonObject, type JsonObject, type JsonValue } from '../../shared/json.ts'

/**
 * Whether two structured answers to the same request differ in a field whose values are closed: numbers, truth values and
 * listed words, wherever they stand, and lists of those in any order. Free text always differs and says nothing.
 * @param schema JSON Schema of both answers
 * @returns undefined where the schema has no such field, or neither answer has any
 */
export function answersDiffer(schema: JsonObject, one: JsonValue, other: JsonValue): boolean | undefined {
  const compared = comparedFields(schema, schema, one, other)
  return compared.length === 0 ? undefined : compared.includes(false)
}

/** For each closed field that an answer has: whether both have the same. */
function comparedFields(
  root: JsonObject,
  schema: JsonValue | undefined,
  one: JsonValue | undefined,
  other: JsonValue | undefined,
): boolean[] {
  const node = resolved(root, schema)
  if (node === undefined || (isAbsent(one) && isAbsent(other))) return []
  if (isClosed(root, node) || (node.items !== undefined && isClosed(root, resolved(root, node.items)))) {
    return [textOf(one) === textOf(other)]
  }
  const { properties } = node
  if (!isJsonObject(properties)) return []
  const [left, right] = [isJsonObject(one) ? one : {}, isJsonObject(other) ? other : {}]
  return Object.entries(properties).flatMap(([key, inner]) => comparedFields(root, inner, left[key], right[key]))
}

const closedTypes = new Set<JsonValue>(['number', 'integer', 'boolean', 'null'])

/** Choices within choices can lead back to themselves. */
const deepestChoice = 4

function isClosed(root: JsonObject, node: JsonObject | undefined, depth = 0): boolean {
  if (node === undefined || depth > deepestChoice) return false
  if (Array.isArray(node.enum) || node.const !== undefined) return true
  const variants = node.anyOf ?? node.oneOf
  if (Array.isArray(variants)) return variants.every((variant) => isClosed(root, resolved(root, variant), depth + 1))
  return node.type !== undefined && [node.type].flat().every((type) => closedTypes.has(type))
}

/** The schema itself, or the one that a reference within the document names; an optional one without its `null`. */
function resolved(root: JsonObject, schema: JsonValue | undefined): JsonObject | undefined {
  if (!isJsonObject(schema)) return undefined
  const variants = schema.anyOf ?? schema.oneOf
  if (Array.isArray(variants)) {
    const others = variants.filter((variant) => !isJsonObject(variant) || variant.type !== 'null')
    return others.length === 1 ? referred(root, others[0]) : schema
  }
  return referred(root, schema)
}

const reference = /^#\/(\$defs|definitions)\/([^/]+)$/

function referred(root: JsonObject, schema: JsonValue | undefined): JsonObject | undefined {
  if (!isJsonObject(schema)) return undefined
  if (typeof schema.$ref !== 'string') return schema
  const [, group = '', name = ''] = reference.exec(schema.$ref) ?? []
  const definitions = root[group]
  const definition = isJsonObject(definitions) ? definitions[name] : undefined
  return isJsonObject(definition) && definition.$ref === undefined ? definition : undefined
}

function isAbsent(value: JsonValue | undefined): boolean {
  return value === undefined || value === null
}

function textOf(value: JsonValue | undefined): string {
  if (!Array.isArray(value)) return canonicalJson(value ?? null)
  return canonicalJson(value.map((element) => canonicalJson(element)).toSorted())
}
