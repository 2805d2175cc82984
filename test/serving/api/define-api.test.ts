import { expect, test } from 'vitest'
import * as z from 'zod'
import { notFound } from '../../../src/serving/api/api-error.ts'
import { apiRoutes } from '../../../src/serving/api/api-routes.ts'
import { defineApi, defineStream } from '../../../src/serving/api/define-api.ts'
import { openApiDocument } from '../../../src/serving/api/open-api-document.ts'
import { pageOf, pageQuery } from '../../../src/serving/api/page-schema.ts'
import { fromCursor, toCursor } from '../../../src/shared/cursor.ts'
import { UserError } from '../../../src/shared/user-error.ts'
import { startedService } from '../started-service.ts'

const tree = z.object({ name: z.string(), heightM: z.number().nullable() }).meta({ id: 'Tree' })

const routes = [
  defineApi({
    method: 'GET',
    path: '/api/trees',
    summary: 'All trees',
    query: z.object({ ...pageQuery, kind: z.enum(['oak', 'elm']).optional() }),
    response: pageOf(tree),
    handle: ({ query }) => ({ items: [{ name: query.kind ?? 'any', heightM: query.limit }], next: null }),
  }),
  defineApi({
    method: 'POST',
    path: '/api/trees/{name}',
    summary: 'Plants a tree',
    params: z.object({ name: z.string() }),
    body: z.strictObject({ heightM: z.number().positive() }),
    response: tree,
    handle({ params, body }) {
      if (params.name === 'palm') throw new UserError('Expected a tree of this climate, got a palm.')
      if (params.name === 'ghost') throw notFound('There is no ghost.')
      return { ...params, ...body }
    },
  }),
  defineApi({ method: 'POST', path: '/api/rain', summary: 'Rain', response: z.null(), handle: () => null }),
  defineStream({
    method: 'GET',
    path: '/api/leaves',
    summary: 'All leaves',
    content: { 'text/csv': undefined },
    async stream({ exchange: { response } }) {
      response.writeHead(200, { 'content-type': 'text/csv' }).end('leaf\n1\n')
    },
  }),
]

const service = await startedService({ routes: apiRoutes(routes) })

async function asked(path: string, init?: RequestInit) {
  const response = await fetch(service.url + path, init)
  return { status: response.status, body: (await response.json()) as Record<string, unknown> }
}

function post(body: unknown): RequestInit {
  return { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
}

test('a checked request reaches its handler, empty parameters of a form left out', async () => {
  expect(await asked('/api/trees?kind=&limit=3')).toEqual({
    status: 200,
    body: { items: [{ name: 'any', heightM: 3 }], next: null },
  })
  expect((await asked('/api/trees/elm', post({ heightM: 2 }))).body).toEqual({ name: 'elm', heightM: 2 })
  expect(await (await fetch(`${service.url}/api/leaves`)).text()).toBe('leaf\n1\n')
})

test('who asks wrongly is told what was expected and what came', async () => {
  expect(await asked('/api/trees?knd=oak&limit=many')).toEqual({
    status: 400,
    body: {
      error: {
        message:
          'limit in the query: expected a number, got "many".\nknd in the query: expected one of cursor, limit, kind, got the unknown key "knd"; did you mean "kind"?.',
        type: 'invalid_request_error',
        param: 'limit',
        code: 'invalid_value',
      },
    },
  })
  expect((await asked('/api/trees/elm', post({ heightM: -1 }))).body).toMatchObject({
    error: { message: 'heightM in the body: expected a number of more than 0, got -1.' },
  })
})

test('a POST that takes nothing takes {}, as a form of another site cannot send JSON', async () => {
  expect(await asked('/api/rain', { method: 'POST', body: new URLSearchParams() })).toMatchObject({ status: 415 })
  expect(await asked('/api/rain', post({}))).toEqual({ status: 200, body: null })
})

test('what is refused in words is the request’s fault, what is not there is a 404', async () => {
  expect(await asked('/api/trees/palm', post({ heightM: 1 }))).toMatchObject({
    status: 400,
    body: { error: { message: 'Expected a tree of this climate, got a palm.', code: 'refused' } },
  })
  expect(await asked('/api/trees/ghost', post({ heightM: 1 }))).toMatchObject({
    status: 404,
    body: { error: { code: 'not_found' } },
  })
})

test('the document names parameters, bodies and answers, and describes a schema with an id once', () => {
  const document = openApiDocument(routes, '1.0.0')
  expect(document.paths).toMatchObject({
    '/api/trees': {
      get: {
        operationId: 'getTrees',
        parameters: [
          { name: 'cursor', in: 'query', required: false },
          { name: 'limit', in: 'query', required: false, schema: { type: 'integer', default: 50 } },
          { name: 'kind', in: 'query', required: false, schema: { enum: ['oak', 'elm'] } },
        ],
        responses: {
          '200': {
            content: {
              'application/json': {
                schema: { properties: { items: { items: { $ref: '#/components/schemas/Tree' } } } },
              },
            },
          },
        },
      },
    },
    '/api/trees/{name}': {
      post: {
        operationId: 'postTreesName',
        parameters: [{ name: 'name', in: 'path', required: true }],
        requestBody: { content: { 'application/json': { schema: { required: ['heightM'] } } } },
      },
    },
    '/api/leaves': { get: { responses: { '200': { content: { 'text/csv': {} } } } } },
  })
  expect(document.components).toMatchObject({ schemas: { Tree: { required: ['name', 'heightM'] } } })
})

test('two schemas cannot have one id', () => {
  const route = (path: string, response: z.ZodType) =>
    defineApi({ method: 'GET', path, summary: '', response, handle: () => undefined })
  const [one, other] = [z.object({ a: z.int() }), z.object({ b: z.int() })].map((schema) => schema.meta({ id: 'Same' }))
  const both = [route('/api/one', z.array(one ?? z.null())), route('/api/other', z.array(other ?? z.null()))]
  expect(() => openApiDocument(both, '1')).toThrow('Same')
})

test('a path and its parameters cannot differ', () => {
  const wrong = () =>
    defineApi({ method: 'GET', path: '/api/{a}', summary: '', response: z.null(), handle: () => null })
  expect(wrong).toThrow('/api/{a} has other parameters than')
})

test('a cursor comes back as it was made, and what is none is refused in words', () => {
  expect(fromCursor(toCursor(['2026-11-15', 7, null]))).toEqual(['2026-11-15', 7, null])
  expect(() => fromCursor('nonsense')).toThrow('Expected a cursor as "next" of the page before gives it')
})
