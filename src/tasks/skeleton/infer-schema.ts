import { isJsonObject, type JsonValue } from '../../shared/json.ts'
import { UserError } from '../../shared/user-error.ts'
import type { AnswerSchema } from '../schema-subset.ts'

/** A closed list is guessed from at most so many different short texts, each of which stands twice on average. */
const longestList = 20
const longestEntry = 40

/**
 * A schema that all given values keep to: every property is required, and may be null where a value lacks it. Few
 * different short texts become a closed list.
 * @param values what stands at this place; undefined or null where nothing does
 * @throws UserError when values of different types stand at one place
 */
export function inferSchema(values: readonly (JsonValue | undefined)[], place = 'the target'): AnswerSchema {
  const present = values.filter((value) => value !== undefined && value !== null)
  const type = commonType(present, place)
  const schema =
    present.length < values.length ? orNull(schemaOf(type, present, place)) : schemaOf(type, present, place)
  return schema
}

function schemaOf(type: string, values: readonly JsonValue[], place: string): AnswerSchema {
  if (type === 'array') {
    const elements = values.flatMap((value) => (Array.isArray(value) ? value : []))
    return { type, items: inferSchema(elements, `${place}[]`) }
  }
  if (type === 'object') return objectSchema(values, place)
  const list = type === 'string' ? closedList(values.map(String)) : undefined
  return list === undefined ? { type } : { type, enum: list }
}

function objectSchema(values: readonly JsonValue[], place: string): AnswerSchema {
  const objects = values.filter(isJsonObject)
  const keys = [...new Set(objects.flatMap((object) => Object.keys(object)))]
  const properties = keys.map((key): [string, AnswerSchema] => {
    const inner = place === 'the target' ? key : `${place}.${key}`
    return [
      key,
      inferSchema(
        objects.map((object) => object[key]),
        inner,
      ),
    ]
  })
  return { type: 'object', properties: Object.fromEntries(properties), required: keys, additionalProperties: false }
}

function commonType(values: readonly JsonValue[], place: string): string {
  const types = [...new Set(values.map(typeName))]
  if (types.length === 2 && types.includes('integer') && types.includes('number')) return 'number'
  if (types.length <= 1) return types[0] ?? 'string'
  throw new UserError(`Expected values of one type at ${place} in all targets, got ${types.join(' and ')}.`)
}

function typeName(value: JsonValue): string {
  if (Array.isArray(value)) return 'array'
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number'
  return typeof value
}

function closedList(texts: readonly string[]): string[] | undefined {
  const list = [...new Set(texts)].sort()
  const isShort = list.every((text) => text.length <= longestEntry)
  const comesBack = list.length > 0 && list.length <= longestList && list.length * 2 <= texts.length
  return isShort && comesBack ? list : undefined
}

function orNull(schema: AnswerSchema): AnswerSchema {
  const nullable = { ...schema, type: [schema.type].flat().concat('null') }
  return schema.enum === undefined ? nullable : { ...nullable, enum: [...schema.enum, null] }
}
