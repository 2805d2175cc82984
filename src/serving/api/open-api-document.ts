import * as z from 'zod'
import { capitalized } from '../../shared/capitalized.ts'
import { canonicalJson, isJsonObject, type JsonObject, type JsonValue } from '../../shared/json.ts'
import type { ApiDescription } from './api-route.ts'

/**
 * The OpenAPI 3.1 document of these routes. A schema that has an id (`.meta({ id: 'Tier' })`) is described once, under
 * components.
 */
export function openApiDocument(routes: readonly ApiDescription[], version: string): JsonObject {
  const schemas: JsonObject = {}
  const paths: Record<string, JsonObject> = {}
  for (const route of routes) {
    paths[route.path] = { ...paths[route.path], [route.method.toLowerCase()]: operationOf(route, schemas) }
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Incumbent',
      version,
      description:
        'Everything that the pages show, and an OpenAI-compatible gateway to the model of each tier. Times are ISO 8601 in UTC; unknown is null, never 0; money is in US dollars.',
    },
    paths,
    components: {
      schemas: { ...schemas, Error: errorSchema },
      responses: {
        Error: { description: 'What was expected and what came.', content: jsonContent({ $ref: `${place}Error` }) },
      },
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer', description: 'A token of `npx incumbent token create <name>`.' },
      },
    },
    security: [{ token: [] }],
  }
}

const place = '#/components/schemas/'

const errorSchema: JsonObject = {
  type: 'object',
  required: ['error'],
  properties: {
    error: {
      type: 'object',
      required: ['message', 'type', 'param', 'code'],
      properties: {
        message: { type: 'string' },
        type: { type: 'string' },
        param: { type: ['string', 'null'] },
        code: { type: ['string', 'null'] },
      },
    },
  },
}

function operationOf(route: ApiDescription, schemas: JsonObject): JsonObject {
  const { summary, description, params, query, body, answer, isOpen } = route
  return {
    operationId: operationId(route),
    summary,
    ...(description === undefined ? {} : { description }),
    tags: [tagOf(route.path)],
    parameters: [...parametersOf(params, 'path', schemas), ...parametersOf(query, 'query', schemas)],
    ...(body === undefined
      ? {}
      : { requestBody: { required: true, content: jsonContent(jsonSchema(body, 'input', schemas)) } }),
    responses: {
      '200': { description: 'Done.', content: contentOf(answer, schemas) },
      default: { $ref: '#/components/responses/Error' },
    },
    ...(isOpen ? { security: [] } : {}),
  }
}

/** `getTiersTier` of GET /api/tiers/{tier} */
function operationId({ method, path }: ApiDescription): string {
  const words = path.split(/[^A-Za-z0-9]+/).filter((word) => word !== '' && word !== 'api')
  return method.toLowerCase() + words.map(capitalized).join('')
}

function tagOf(path: string): string {
  const [, first = '', second = ''] = path.split('/')
  if (first === 'v1') return 'gateway'
  return first === 'api' ? second : 'health'
}

function parametersOf(fields: z.ZodObject, where: 'path' | 'query', schemas: JsonObject): JsonValue[] {
  return Object.entries(fields.shape as Record<string, z.ZodType>).map(([name, field]) => {
    const { description, ...schema } = jsonSchema(field, 'output', schemas)
    const required = where === 'path' || !field.safeParse(undefined).success
    return { name, in: where, required, ...(description === undefined ? {} : { description }), schema }
  })
}

function contentOf({ schema, contentTypes }: ApiDescription['answer'], schemas: JsonObject): JsonObject {
  if (schema !== undefined) return jsonContent(jsonSchema(schema, 'output', schemas))
  return Object.fromEntries(contentTypes.map((type) => [type, { schema: { type: 'string' } }]))
}

function jsonContent(schema: JsonObject): JsonObject {
  return { 'application/json': { schema } }
}

/** @param schemas gets those that have an id */
function jsonSchema(schema: z.ZodType, io: 'input' | 'output', schemas: JsonObject): JsonObject {
  const whole = z.toJSONSchema(schema, {
    io,
    unrepresentable: 'any',
    // Answers may get further fields: whoever reads them leaves out what he does not know.
    override: ({ jsonSchema: made }) => {
      if (io === 'output' && made.additionalProperties === false) delete made.additionalProperties
    },
  })
  // What has no id and refers to itself is any JSON value.
  const text = JSON.stringify(whole)
    .replace(/__schema\d+/g, 'JsonValue')
    .replaceAll('"#/$defs/', `"${place}`)
  const { $defs, ...rest } = JSON.parse(text) as JsonObject
  for (const [name, own] of Object.entries(isJsonObject($defs) ? $defs : {})) {
    if (canonicalJson(schemas[name] ?? own) !== canonicalJson(own)) throw new Error(`Two schemas have the id ${name}.`)
    schemas[name] = own
  }
  delete rest.$schema
  return rest
}
