import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import type { JsonObject, JsonValue } from '../../../shared/json.ts'

/** Holds answers against the schemas of their requests. */
export interface SchemaChecks {
  /** What the text holds, and whether it breaks the schema; undefined where the schema cannot be used for a check. */
  check(schema: JsonObject, text: string): CheckedAnswer
}

export interface CheckedAnswer {
  /** Undefined where the text is no JSON. */
  value: JsonValue | undefined
  isInvalid: boolean | undefined
}

/** Applications have a handful of schemas; one that makes a new one for every request gets them compiled every time. */
const mostSchemas = 200
const longestSchema = 100_000

/** Compiles each distinct schema once, and keeps those that were used last. */
export function createSchemaChecks(): SchemaChecks {
  const ajv = createAjv()
  const compiled = new Map<string, ValidateFunction | undefined>()

  function validatorOf(schema: JsonObject): ValidateFunction | undefined {
    const text = JSON.stringify(schema)
    const known = compiled.get(text)
    if (known !== undefined || compiled.has(text)) compiled.delete(text)
    const validate = known ?? compile(ajv, schema, text)
    compiled.set(text, validate)
    if (compiled.size > mostSchemas) forgetOldest()
    return validate
  }

  function forgetOldest(): void {
    const [oldest] = compiled
    if (oldest === undefined) return
    const [text, validate] = oldest
    compiled.delete(text)
    if (validate !== undefined && typeof validate.schema === 'object') ajv.removeSchema(validate.schema)
  }

  return {
    check(schema, text) {
      const validate = validatorOf(schema)
      const value = parsed(text)
      if (value === undefined) return { value, isInvalid: true }
      return { value, isInvalid: validate === undefined ? undefined : !validate(value) }
    },
  }
}

/** Patterns are left out: a careless one could hold up the service for minutes. */
function createAjv(): Ajv2020 {
  const ajv = new Ajv2020({
    strict: false,
    addUsedSchema: false,
    validateSchema: false,
    validateFormats: false,
    logger: false,
  })
  ajv.removeKeyword('pattern')
  return ajv
}

function compile(ajv: Ajv2020, schema: JsonObject, text: string): ValidateFunction | undefined {
  if (text.length > longestSchema || text.includes('"patternProperties"')) return undefined
  try {
    return ajv.compile(schema)
  } catch {
    // No schema, or one that refers to another document: nothing can be said of its answers.
    return undefined
  }
}

function parsed(text: string): JsonValue | undefined {
  try {
    return JSON.parse(text) as JsonValue
  } catch {
    return undefined
  }
}
