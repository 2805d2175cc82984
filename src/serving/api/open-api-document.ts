import * as z from 'zod'
import { capitalized } from '../../shared/capitalized.ts'
import type { JsonObject, JsonValue } from '../../shared/json.ts'
import { aboutApi, aboutTags } from './about-api.ts'
import type { AnswerContent, ApiDescription } from './api-route.ts'
import { errorAnswers, errorComponents, headerComponents, headersOf } from './error-answers.ts'
import { errorSchema } from './error-schema.ts'
import { createJsonSchemas, type JsonSchemas } from './json-schemas.ts'

/**
 * The OpenAPI 3.1 document of these routes. A schema that has an id (`.meta({ id: 'Tier' })`) is described once, under
 * components.
 */
export function openApiDocument(routes: readonly ApiDescription[], version: string): JsonObject {
  const schemas = createJsonSchemas()
  const paths: Record<string, JsonObject> = {}
  for (const route of routes) {
    paths[route.path] = { ...paths[route.path], [route.method.toLowerCase()]: operationOf(route, schemas) }
  }
  schemas.of(errorSchema, 'output')
  const tags = [...new Set(routes.map(({ path }) => tagOf(path)))]
  return {
    openapi: '3.1.0',
    info: { title: 'Incumbent', version, description: aboutApi, license: { name: 'MIT', identifier: 'MIT' } },
    servers: [{ url: '/', description: 'The service that gave this document.' }],
    tags: tags.map((name) => ({ name, description: aboutTags[name] ?? '' })),
    paths,
    components: {
      schemas: schemas.named,
      responses: errorComponents(),
      headers: headerComponents,
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer', description: 'A token of `npx incumbent token create <name>`.' },
      },
    },
    // Nobody needs a token on the machine of the service until there is one.
    security: [{ token: [] }, {}],
  }
}

function operationOf(route: ApiDescription, schemas: JsonSchemas): JsonObject {
  const { summary, description, params, query, body, isOpen } = route
  return {
    operationId: operationId(route),
    summary,
    ...(description === undefined ? {} : { description }),
    tags: [tagOf(route.path)],
    parameters: [...parametersOf(params, 'path', schemas), ...parametersOf(query, 'query', schemas)],
    ...(body === undefined
      ? {}
      : { requestBody: { required: true, content: { 'application/json': { schema: schemas.of(body, 'input') } } } }),
    responses: responsesOf(route, schemas),
    ...(isOpen ? { security: [] } : {}),
  }
}

function responsesOf(route: ApiDescription, schemas: JsonSchemas): JsonObject {
  const { answer, otherAnswers = {} } = route
  const others = Object.entries(otherAnswers).map(([status, { description, content }]) => [
    status,
    { description, headers: headersOf(Number(status)), content: contentOf(content, schemas) },
  ])
  const links = linksOf(route)
  return {
    '200': {
      description: 'Done.',
      headers: headersOf(200),
      content: contentOf(answer, schemas),
      ...(links === undefined ? {} : { links }),
    },
    ...(Object.fromEntries(others) as JsonObject),
    ...errorAnswers(route),
    default: { $ref: '#/components/responses/Error' },
  }
}

/** Of a list that comes in pages. */
function linksOf(route: ApiDescription): JsonObject | undefined {
  const [answer] = Object.values(route.answer)
  const place = 'cursor' in route.query.shape ? placeOfNext(answer) : undefined
  if (place === undefined) return undefined
  const description = 'The page that follows; `next` is null on the last one. All other parameters stay as they are.'
  return { next: { operationId: operationId(route), parameters: { cursor: `$response.body#${place}` }, description } }
}

/** Of the cursor in an answer: `/next`, or `/list/next` where the list is a part of it. */
function placeOfNext(schema: z.ZodType | undefined): string | undefined {
  if (!(schema instanceof z.ZodObject)) return undefined
  if ('next' in schema.shape) return '/next'
  for (const [name, part] of Object.entries(schema.shape as Record<string, z.ZodType>)) {
    const inside = placeOfNext(part)
    if (inside !== undefined) return `/${name}${inside}`
  }
  return undefined
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

function parametersOf(fields: z.ZodObject, where: 'path' | 'query', schemas: JsonSchemas): JsonValue[] {
  return Object.entries(fields.shape as Record<string, z.ZodType>).map(([name, field]) => {
    const { description, ...schema } = schemas.of(field, 'output')
    const required = where === 'path' || !field.safeParse(undefined).success
    return { name, in: where, required, ...(description === undefined ? {} : { description }), schema }
  })
}

function contentOf(content: AnswerContent, schemas: JsonSchemas): JsonObject {
  return Object.fromEntries(
    Object.entries(content).map(([type, schema]) => [
      type,
      { schema: schema === undefined ? { type: 'string' } : schemas.of(schema, 'output') },
    ]),
  )
}
