import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js'
import type { JsonObject, JsonValue } from '../shared/json.ts'

const shownAtOnce = 20
// Schemas are kept here and not by their $id, so that a folder may be read again after it changed.
const ajv = new Ajv2020({
  allErrors: true,
  allowUnionTypes: true,
  verbose: true,
  addUsedSchema: false,
  validateFormats: false,
  // The schema of schemas takes a quarter of a second to compile; `schemaDefect` asks for it where it is needed.
  validateSchema: false,
  logger: false,
})
const validators = new WeakMap<object, ValidateFunction>()

/**
 * What a JSON Schema has against a value, in words: `at a.b[0]: expected a number, got "many"`. Empty when the value is
 * valid; at most 20 entries and a last one that counts the others. The schema is compiled at its first use.
 * @throws Error when the schema itself is none (see `schemaDefect`)
 */
export function schemaErrors(schema: JsonObject, value: JsonValue): string[] {
  return worded(errorsOf(schema, value))
}

/** What a JSON Schema has against a value that need not be complete. */
export function partialSchemaErrors(schema: JsonObject, value: JsonValue): string[] {
  return worded(errorsOf(schema, value).filter(({ keyword }) => keyword !== 'required'))
}

/** Why a JSON Schema is none, or cannot be compiled; undefined when it can. */
export function schemaDefect(schema: JsonObject): string | undefined {
  try {
    if (ajv.validateSchema(schema) !== true) return `schema is invalid: ${ajv.errorsText()}`
    validatorOf(schema)
    return undefined
  } catch (error) {
    return (error as Error).message
  }
}

function errorsOf(schema: JsonObject, value: JsonValue): readonly ErrorObject[] {
  const validate = validatorOf(schema)
  return validate(value) ? [] : (validate.errors ?? [])
}

function validatorOf(schema: JsonObject): ValidateFunction {
  const validate = validators.get(schema) ?? ajv.compile(schema)
  validators.set(schema, validate)
  return validate
}

function worded(errors: readonly ErrorObject[]): string[] {
  const more = errors.length - shownAtOnce
  const shown = errors.slice(0, shownAtOnce).map((error) => `at ${placeOf(error.instancePath)}: ${expectation(error)}`)
  return more > 0 ? [...shown, `… and ${more} more`] : shown
}

/** `/a/b/0` as people read it: `a.b[0]`. */
function placeOf(pointer: string): string {
  const parts = pointer.split('/').slice(1)
  const text = parts.map((part) =>
    /^\d+$/.test(part) ? `[${part}]` : `.${part.replaceAll('~1', '/').replaceAll('~0', '~')}`,
  )
  return parts.length === 0 ? 'the top level' : text.join('').replace(/^\./, '')
}

function expectation({ keyword, params, message, data }: ErrorObject): string {
  switch (keyword) {
    case 'type':
      return `expected ${[params.type].flat().join(' or ')}, got ${shown(data)}`
    case 'enum':
      return `expected one of the listed values, got ${shown(data)}`
    case 'required':
      return `expected the key "${params.missingProperty}", which is missing`
    case 'additionalProperties':
      return `got the unknown key "${params.additionalProperty}"`
    default:
      return `${message ?? keyword}, got ${shown(data)}`
  }
}

function shown(value: unknown): string {
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'object' && value !== null) return 'an object'
  const text = JSON.stringify(value) ?? 'nothing'
  return text.length > 60 ? `${text.slice(0, 57)}…` : text
}
