import { expect, test } from 'vitest'
import * as z from 'zod'
import { defineApi } from '../../../src/serving/api/define-api.ts'
import { docsFields } from '../../../src/serving/api/docs-fields.ts'
import { docsPage } from '../../../src/serving/api/docs-page.ts'
import { openApiDocument } from '../../../src/serving/api/open-api-document.ts'
import { pageOf, pageQuery } from '../../../src/serving/api/page-schema.ts'
import type { JsonObject } from '../../../src/shared/json.ts'

const leaf = z.object({ areaCm2: z.number().describe('Square centimetres.') })
const tree = z
  .object({
    name: z.string(),
    heightM: z.number().nullable().describe('Metres. Null: unknown.'),
    leaves: z.array(leaf),
    byYear: z.record(z.string(), z.object({ rings: z.int() })),
    kind: z.enum(['oak', 'elm']).optional(),
  })
  .meta({ id: 'Tree', title: 'Tree', description: 'One that stands.', examples: [{ name: 'The old one' }] })

const route = defineApi({
  method: 'GET',
  path: '/api/trees',
  summary: 'All trees',
  query: z.object({ ...pageQuery, kind: z.enum(['oak', 'elm']).optional().describe('Only these.') }),
  response: pageOf(tree),
  handle: () => ({ items: [], next: null }),
})
const document = openApiDocument([route], '1')
const words = docsPage(document)
  .markup.replace(/<[^>]+>/g, ' ')
  .replace(/\s+/g, ' ')

test('a person reads of each field where it stands, what it is and what it means', () => {
  const { schemas } = document.components as { schemas: { Tree: JsonObject } }
  const fields = docsFields(schemas.Tree).map(({ path, kind, means }) => [path, kind.markup, means])
  expect(fields).toEqual([
    ['name', 'string', ''],
    ['heightM', 'number or null', 'Metres. Null: unknown.'],
    ['leaves', 'list of object', ''],
    ['leaves[].areaCm2', 'number', 'Square centimetres.'],
    ['byYear', 'by name: object', ''],
    ['byYear.*.rings', 'integer', ''],
    ['kind', 'one of oak, elm, may be absent', ''],
  ])
  expect(words).toContain('limit query integer, at least 1, at most 200, usually 50 Most entries of the page.')
  expect(docsPage(document).markup).toContain('list of <a href="#schema-Tree">Tree</a>')
})

test('and how to get the next page, how to authenticate, which errors there are, and examples', () => {
  expect(words).toContain('Give next as cursor')
  expect(words).toContain('Authorization: Bearer')
  expect(words).toContain('Or an error: 400 , 401 , 500 , 503')
  expect(words).toContain('&quot;code&quot;: &quot;invalid_value&quot;')
  expect(words).toContain('The old one')
})

test('a client finds the next page by a link, the errors by their status, and when to ask again by a header', () => {
  expect(document.paths).toMatchObject({
    '/api/trees': {
      get: {
        responses: {
          '200': { links: { next: { operationId: 'getTrees', parameters: { cursor: '$response.body#/next' } } } },
          '400': { $ref: '#/components/responses/WrongRequest' },
          '503': { $ref: '#/components/responses/NotNow' },
        },
      },
    },
  })
  expect(document.components).toMatchObject({
    responses: { NotNow: { headers: { 'Retry-After': { $ref: '#/components/headers/RetryAfter' } } } },
    headers: { RetryAfter: { schema: { type: 'integer', minimum: 1 } } },
    securitySchemes: { token: { type: 'http', scheme: 'bearer' } },
  })
})
