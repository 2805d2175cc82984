import { expect, test } from 'vitest'
import type { Model } from '../../src/providers/model.ts'
import { estimate, type ModelToEstimate } from '../../src/workflows/estimate.ts'
import { exampleModel } from '../support/example-evaluation.ts'

const remote = exampleModel({ name: 'remote', provider: 'gemini', providerKind: 'gemini', baseUrl: undefined })

function asked(model: Model, more: Partial<ModelToEstimate> = {}): ModelToEstimate {
  return { model, calls: 300, concurrency: 4, requestsPerMinute: undefined, knownLatencyMs: undefined, ...more }
}

function minutes(...models: ModelToEstimate[]): number | undefined {
  const { ms } = estimate(models, 4000, 1000)
  return ms === undefined ? undefined : ms / 60_000
}

test('remote models of a provider share its slots, two seconds a call until they were measured', () => {
  expect(minutes(asked(remote))).toBe(2.5)
  expect(minutes(asked(remote), asked({ ...remote, name: 'other' }))).toBe(5)
  expect(minutes(asked(remote, { knownLatencyMs: 400 }))).toBe(0.5)
})

test('baselines answer one after another, however many are asked at once, and are scored and stored', () => {
  const baseline = exampleModel({ name: 'rules-basic', provider: 'rules', providerKind: 'rules', baseUrl: undefined })
  expect(estimate([asked(baseline, { concurrency: 8 })], 4000, 1000).ms).toBe(1500)
  expect(estimate([asked(baseline, { knownLatencyMs: 1 }), asked(baseline)], 4000, 1000).ms).toBe(2400)
})

test('a simulated latency is never waited for', () => {
  const simulated = exampleModel({ provider: 'simulated', providerKind: 'simulated', baseUrl: undefined })
  expect(estimate([asked(simulated, { knownLatencyMs: 60_000 })], 4000, 1000).ms).toBe(1500)
})

test('a limit of requests a minute, which each model has for itself, is waited for', () => {
  const limited = asked(remote, { requestsPerMinute: 15 })
  expect(minutes(limited)).toBe(20)
  expect(minutes(limited, { ...limited, model: { ...remote, name: 'other' } })).toBe(20)
})

test('nothing is said of the time of a local model that was never measured', () => {
  expect(minutes(asked(remote), asked(exampleModel()))).toBeUndefined()
})
