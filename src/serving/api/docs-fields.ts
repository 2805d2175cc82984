import { type Html, html } from '../../reporting/render-html/html.ts'
import { isJsonObject, type JsonObject, type JsonValue } from '../../shared/json.ts'

/** A field of a schema, for people. */
export interface DocsField {
  /** Where it stands: `runs[].latencyMs.p50`. */
  path: string
  kind: Html
  means: string
}

/** The fields of a schema, those of inner objects after their own; none of a schema that has a name of its own. */
export function docsFields(schema: JsonObject, before = ''): DocsField[] {
  return objectsIn(schema).flatMap(({ properties, required }) =>
    Object.entries(isJsonObject(properties) ? properties : {}).flatMap(([name, value]) => {
      const field = isJsonObject(value) ? value : {}
      const path = `${before}${name}`
      const isAlways = Array.isArray(required) && required.includes(name)
      const kind = isAlways ? kindHtml(field) : html`${kindHtml(field)}, may be absent`
      return [
        { path, kind, means: textIn(field.description) },
        ...docsFields(contentOf(field), `${path}${joint(field)}`),
      ]
    }),
  )
}

/** `a list of Run, or null` */
export function kindHtml(schema: JsonObject): Html {
  const name = nameIn(schema)
  if (name !== '') return html`<a href="#schema-${name}">${name}</a>`
  const alternatives = alternativesOf(schema)
  if (alternatives.length > 0) return joined(alternatives.map(kindHtml))
  if (isList(schema)) return html`list of ${kindHtml(itemsOf(schema))}`
  if (isJsonObject(schema.additionalProperties)) return html`by name: ${kindHtml(schema.additionalProperties)}`
  return html`${wordsOf(schema).join(', ')}`
}

function wordsOf({ type, format, enum: words, const: only, minimum, maximum, default: usual }: JsonObject): string[] {
  const kind = Array.isArray(words)
    ? `one of ${words.map(String).join(', ')}`
    : typeof only === 'string'
      ? only
      : typesOf(type, format).join(' or ') || 'any'
  return [
    kind,
    ...(typeof minimum === 'number' ? [`at least ${minimum}`] : []),
    ...(typeof maximum === 'number' ? [`at most ${maximum}`] : []),
    ...(typeof usual === 'number' || (typeof usual === 'string' && usual !== '') ? [`usually ${usual}`] : []),
  ]
}

/** A format tells more than its type. */
function typesOf(type: JsonValue | undefined, format: JsonValue | undefined): string[] {
  const types = [type].flat().filter((one) => typeof one === 'string')
  return types.map((one) => (one === 'string' && typeof format === 'string' ? format : one))
}

function isList({ type }: JsonObject): boolean {
  return [type].flat().includes('array')
}

function joined(kinds: readonly Html[]): Html {
  return html`${kinds.map((kind, index) => (index === 0 ? kind : html` or ${kind}`))}`
}

function joint(field: JsonObject): string {
  const list = [field, ...alternativesOf(field)].some(isList)
  const record = [field, ...alternativesOf(field)].some((one) => isJsonObject(one.additionalProperties))
  return list ? '[].' : record ? '.*.' : '.'
}

/** What is inside of lists, of what may be null, and of what goes by names. */
function contentOf(field: JsonObject): JsonObject {
  const [own = field] = alternativesOf(field).filter(({ type }) => type !== 'null')
  if (isList(own)) return itemsOf(own)
  return isJsonObject(own.additionalProperties) ? own.additionalProperties : own
}

function objectsIn(schema: JsonObject): JsonObject[] {
  if (isJsonObject(schema.properties)) return [schema]
  return alternativesOf(schema).filter((one) => isJsonObject(one.properties))
}

function alternativesOf({ anyOf, oneOf }: JsonObject): JsonObject[] {
  return [anyOf, oneOf].flatMap((list) => (Array.isArray(list) ? list.filter(isJsonObject) : []))
}

function itemsOf({ items, prefixItems }: JsonObject): JsonObject {
  if (isJsonObject(items)) return items
  const [first] = Array.isArray(prefixItems) ? prefixItems.filter(isJsonObject) : []
  return first ?? {}
}

function nameIn({ $ref }: JsonObject): string {
  return textIn($ref).split('/').at(-1) ?? ''
}

function textIn(value: JsonValue | undefined): string {
  return typeof value === 'string' ? value : ''
}
