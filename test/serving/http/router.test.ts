import { describe, expect, test } from 'vitest'
import type { Route } from '../../../src/serving/http/exchange.ts'
import { createRouter } from '../../../src/serving/http/router.ts'

const paths = [
  '/tiers',
  '/tiers/{tier}',
  '/tiers/{tier}/{action}',
  '/models/{name}',
  '/data/{set}/samples/{key}',
  '/data/{set}',
]
const routes: Route[] = paths.map((path) => ({ method: 'GET', path, handle: () => undefined }))
const match = createRouter(routes)

describe('the router', () => {
  test('prefers a path without parameters, then the one that says most of the path itself', () => {
    expect(match('GET', '/tiers').route.path).toBe('/tiers')
    expect(match('GET', '/tiers/1').params).toEqual({ tier: '1' })
    expect(match('GET', '/tiers/1/approve')).toMatchObject({
      route: { path: '/tiers/{tier}/{action}' },
      params: { tier: '1', action: 'approve' },
    })
    expect(match('GET', '/data/job-analysis@v1/samples/a').params).toEqual({ set: 'job-analysis@v1', key: 'a' })
  })

  test('gives the rest of the path to a parameter at its end, decoded', () => {
    expect(match('GET', '/models/Qwen/Qwen3-4B').params).toEqual({ name: 'Qwen/Qwen3-4B' })
    expect(match('GET', '/models/Qwen%2FQwen3-4B').params).toEqual({ name: 'Qwen/Qwen3-4B' })
  })

  test('says what there is instead', () => {
    expect(() => match('POST', '/tiers/1')).toThrow('Expected GET for /tiers/1, got POST.')
    expect(() => match('GET', '/tier')).toThrow('did you mean "/tiers"')
  })
})
