import * as z from 'zod'
import { canonicalJson, isJsonObject, type JsonObject } from '../../shared/json.ts'

/** The JSON Schemas of a document. */
export interface JsonSchemas {
  /** @param io what has to be sent, or what comes */
  of(schema: z.ZodType, io: 'input' | 'output'): JsonObject
  /** Those with an id, which the others refer to. */
  named: JsonObject
}

/** @throws Error (from `of`) when two schemas have one id */
export function createJsonSchemas(): JsonSchemas {
  const named: JsonObject = {}
  return {
    named,
    of(schema, io) {
      const { $defs, ...rest } = jsonSchema(schema, io)
      for (const [name, own] of Object.entries(isJsonObject($defs) ? $defs : {})) {
        if (canonicalJson(named[name] ?? own) !== canonicalJson(own))
          throw new Error(`Two schemas have the id ${name}.`)
        named[name] = own
      }
      delete rest.$schema
      return rest
    },
  }
}

/** What zod calls a schema that has no id and refers to itself. */
const recursive = /__schema\d+/
/** Said once more in its own terms it would be a riddle to generators of clients. */
const anyJson = { title: 'JSON', description: 'Any JSON value.' }

function jsonSchema(schema: z.ZodType, io: 'input' | 'output'): JsonObject {
  const whole = z.toJSONSchema(schema, {
    io,
    unrepresentable: 'any',
    override: ({ jsonSchema: made }) => {
      // Answers may get further fields: whoever reads them leaves out what he does not know.
      if (io === 'output' && made.additionalProperties === false) delete made.additionalProperties
      // What a format or a type says already.
      if (made.format !== undefined) delete made.pattern
      if (made.maximum === Number.MAX_SAFE_INTEGER) delete made.maximum
      if (made.minimum === Number.MIN_SAFE_INTEGER) delete made.minimum
      if (made.oneOf?.length === 1) Object.assign(made, made.oneOf[0], { oneOf: undefined })
      if (made.anyOf?.some((one) => Object.keys(one).length === 0)) delete made.anyOf
    },
  })
  const { $defs = {} } = whole
  for (const name of Object.keys($defs)) if (recursive.test(name)) $defs[name] = anyJson
  const text = JSON.stringify(whole)
    .replace(new RegExp(recursive, 'g'), 'JsonValue')
    .replaceAll('"#/$defs/', '"#/components/schemas/')
  return JSON.parse(text) as JsonObject
}
