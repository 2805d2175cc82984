import { expect, test } from 'vitest'
import { serviceApi } from '../../../src/serving/api/service-api.ts'
import { createMetrics } from '../../../src/serving/metrics.ts'
import { applicationRoutes } from '../../../src/serving/start-service.ts'
import { startedService } from '../started-service.ts'

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
