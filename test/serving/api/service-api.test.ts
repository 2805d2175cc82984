import { expect, test } from 'vitest'
import { serviceApi } from '../../../src/serving/api/service-api.ts'
import { createMetrics } from '../../../src/serving/metrics.ts'
import { applicationRoutes } from '../../../src/serving/start-service.ts'
import { isJsonObject, type JsonObject, type JsonValue } from '../../../src/shared/json.ts'
import { hello, startedService, streamed, textPieces, whole } from '../started-service.ts'
import { publishedDocument } from './published-document.ts'

// Its routes are only listed here: nothing is asked of the workspace.
const workspace = {} as Parameters<typeof serviceApi>[0]['workspace']
const routes = serviceApi({ workspace, refreshRoutes: () => Promise.resolve() })
const service = await startedService({ routes })

test('the document at /api/docs describes every route of the service, and no other', async () => {
  const response = await fetch(`${service.url}/api/docs`)
  const { paths } = (await response.json()) as { paths: Record<string, Record<string, unknown>> }
  const described = Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  )
  const gateway = { answer: () => Promise.reject(new Error()), models: () => [], missing: () => [] }
  const options = { gateway, metrics: createMetrics() } as unknown as Parameters<typeof applicationRoutes>[0]
  const served = [...applicationRoutes(options, 1), ...routes].map(({ method, path }) => `${method} ${path}`)
  expect(described.toSorted()).toEqual(served.toSorted())
})

test('nothing of an answer is described in words only, and what has a name has a title and a sentence', async () => {
  const { document } = await publishedDocument(service.url)
  const { schemas } = document.components as { schemas: JsonObject }
  const gets = Object.entries(document.paths as JsonObject).map(([path, methods]) => [path, responsesIn(methods)])
  const isNamed = ([name]: [string, unknown]) => name !== 'JsonValue'
  const named = Object.entries(schemas).filter(isNamed)
  expect(vagueIn({ schemas: Object.fromEntries(named), ...Object.fromEntries(gets) }, '')).toEqual([])
  const nameless = named.filter(([, schema]) => !isJsonObject(schema) || !schema.title || !schema.description)
  expect(nameless.map(([name]) => name)).toEqual([])
})

test('the gateway answers as it is described, whole, piece by piece, and for whoever watches it', async () => {
  const { faultsOf } = await publishedDocument(service.url)
  const toolCalls = [{ id: 'call_1', name: 'weather', arguments: '{"city":"Vienna"}' }]
  service.answersWith(({ wantsStream }) =>
    Promise.resolve(wantsStream ? streamed(textPieces('Vien', 'na.')) : whole({ text: '', toolCalls })),
  )
  const ask = async (body: object) => {
    const headers = { 'content-type': 'application/json' }
    const response = await fetch(`${service.url}/v1/chat/completions`, {
      method: 'POST',
      headers,
      body: JSON.stringify(body),
    })
    return response.text()
  }
  const asked = 'POST /v1/chat/completions'
  expect(faultsOf(asked, JSON.parse(await ask(hello)))).toEqual([])
  const events = await ask({ ...hello, stream: true, stream_options: { include_usage: true } })
  const pieces = [...events.matchAll(/^data: (\{.*)$/gm)].map(([, data = '']) => JSON.parse(data) as unknown)
  expect(pieces.length).toBeGreaterThan(3)
  expect(pieces.flatMap((piece) => faultsOf(asked, piece, 'text/event-stream'))).toEqual([])
  for (const path of ['/v1/models', '/v1/models/tier-1', '/healthz', '/readyz']) {
    const answer: unknown = await (await fetch(service.url + path)).json()
    expect(faultsOf(`GET ${path.replace('/tier-1', '/{id}')}`, answer), path).toEqual([])
  }
})

function responsesIn(methods: JsonValue | undefined): JsonValue {
  const operations = isJsonObject(methods) ? Object.values(methods).filter(isJsonObject) : []
  return operations.map(({ responses, parameters }) => ({
    responses: responses ?? null,
    parameters: parameters ?? null,
  }))
}

const telling = ['type', '$ref', 'anyOf', 'oneOf', 'const', 'enum']

/** The places of schemas that anything fits. */
function vagueIn(value: JsonValue, place: string, isSchema = false): string[] {
  if (Array.isArray(value)) return value.flatMap((inner, index) => vagueIn(inner, `${place}/${index}`, isSchema))
  if (!isJsonObject(value)) return []
  const isVague = isSchema && !telling.some((key) => key in value)
  const inside = Object.entries(value).flatMap(([key, inner]) => {
    if (key === 'examples' || key === 'example') return []
    const holdsSchemas = ['properties', 'schemas'].includes(key) && isJsonObject(inner)
    if (holdsSchemas) return Object.entries(inner).flatMap(([name, one]) => vagueIn(one, `${place}/${name}`, true))
    return vagueIn(inner, `${place}/${key}`, ['schema', 'items', 'anyOf', 'oneOf', 'prefixItems'].includes(key))
  })
  return [...(isVague ? [place] : []), ...inside]
}
