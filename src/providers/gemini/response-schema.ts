import { isJsonObject, type JsonObject, type JsonValue } from '../../shared/json.ts'

export interface TranslatedSchema {
  /** Undefined when the whole of it cannot be said: then only JSON is asked for. */
  schema: JsonObject | undefined
  warnings: string[]
}

/**
 * An answer's JSON Schema in the dialect of Gemini's `responseSchema` (a part of OpenAPI's). A constraint that it lacks is
 * left out with a warning; a node that it cannot describe at all makes the whole schema unsayable, because a property
 * that is missing from it would be forbidden.
 */
export function responseSchemaOf(answerSchema: JsonObject): TranslatedSchema {
  const warnings: string[] = []
  const schema = translated(answerSchema, '', warnings)
  return { schema, warnings }
}

const passedOn = ['description', 'minItems', 'maxItems']

/** These are said in another way, or implied: only named properties are generated. */
const saidOtherwise = [
  'type',
  'properties',
  'required',
  'items',
  'enum',
  'const',
  'nullable',
  'anyOf',
  'propertyOrdering',
]
const withoutMeaning = ['$schema', '$id', '$comment', 'title', 'default', 'examples']
const needless = new Set(saidOtherwise.concat(withoutMeaning))

function translated(node: JsonValue | undefined, path: string, warnings: string[]): JsonObject | undefined {
  const { inner, isNullable } = withoutNull(node)
  const type = inner === undefined ? undefined : typeOf(inner)
  if (inner === undefined || type === undefined) {
    warnings.push(`Gemini cannot enforce the answer's schema: no equivalent of ${placeOf(path)}.`)
    return undefined
  }
  const body = bodyOf(type, inner, path, warnings)
  if (body === undefined) return undefined
  for (const [key, value] of Object.entries(inner)) {
    const isImplied = needless.has(key) || (key === 'additionalProperties' && value === false)
    if (passedOn.includes(key)) body[key] = value
    else if (!isImplied && !(key === 'format' && value === body.format)) {
      warnings.push(`Gemini does not enforce "${key}" of ${placeOf(path)}.`)
    }
  }
  return { type, ...body, ...(isNullable ? { nullable: true } : {}) }
}

/** `["string", "null"]` and `anyOf: [X, null]` are `nullable` in this dialect. */
function withoutNull(node: JsonValue | undefined): { inner: JsonObject | undefined; isNullable: boolean } {
  if (!isJsonObject(node)) return { inner: undefined, isNullable: false }
  const { anyOf, type } = node
  if (Array.isArray(anyOf)) {
    const others = anyOf.filter((branch) => !(isJsonObject(branch) && branch.type === 'null'))
    const only = others.length === 1 ? others[0] : undefined
    return { inner: isJsonObject(only) ? { ...node, ...only } : undefined, isNullable: others.length < anyOf.length }
  }
  if (!Array.isArray(type)) return { inner: node, isNullable: node.nullable === true }
  const others = type.filter((name) => name !== 'null')
  const inner = others.length === 1 && others[0] !== undefined ? { ...node, type: others[0] } : undefined
  return { inner, isNullable: others.length < type.length }
}

const typeNames = ['string', 'number', 'integer', 'boolean', 'array', 'object']

function typeOf(node: JsonObject): string | undefined {
  const { type } = node
  if (typeof type === 'string') return typeNames.includes(type) ? type : undefined
  if (isJsonObject(node.properties)) return 'object'
  return 'enum' in node || 'const' in node ? 'string' : undefined
}

function bodyOf(type: string, node: JsonObject, path: string, warnings: string[]): JsonObject | undefined {
  if (type === 'object') return objectBody(node, path, warnings)
  if (type === 'array') {
    const items = translated(node.items, `${path}[]`, warnings)
    return items === undefined ? undefined : { items }
  }
  const allowed = 'const' in node ? [node.const] : node.enum
  if (allowed !== undefined) return enumBody(type, allowed, path, warnings)
  return type === 'string' && node.format === 'date-time' ? { format: 'date-time' } : {}
}

/** The dialect forbids an object without properties. */
function objectBody(node: JsonObject, path: string, warnings: string[]): JsonObject | undefined {
  const properties = isJsonObject(node.properties) ? Object.entries(node.properties) : []
  if (properties.length === 0)
    warnings.push(`Gemini cannot enforce the answer's schema: ${placeOf(path)} has no properties.`)
  const named: JsonObject = {}
  for (const [name, inner] of properties) {
    const property = translated(inner, path === '' ? name : `${path}.${name}`, warnings)
    if (property === undefined) return undefined
    named[name] = property
  }
  if (properties.length === 0) return undefined
  const required = Array.isArray(node.required) ? { required: node.required } : {}
  return { properties: named, ...required, propertyOrdering: Object.keys(named) }
}

/** Only texts that are not empty can be listed; null is said by `nullable`. */
function enumBody(type: string, allowed: JsonValue | undefined, path: string, warnings: string[]): JsonObject {
  const values = Array.isArray(allowed) ? allowed.filter((value) => value !== null) : []
  const areTexts = type === 'string' && values.every((value) => typeof value === 'string' && value !== '')
  if (areTexts && values.length > 0) return { format: 'enum', enum: values }
  warnings.push(`Gemini does not enforce "enum" of ${placeOf(path)}.`)
  return {}
}

function placeOf(path: string): string {
  return path === '' ? 'the top level' : path
}
