import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type ModelToPlan, planCalls, seededOrder } from '../../src/evaluation/plan-calls.ts'
import { callKey } from '../../src/evaluation/run-lanes.ts'

const samples = ['s1', 's2', 's3']

function model(name: string, settings: Partial<ModelToPlan> = {}): ModelToPlan {
  return { name, provider: 'gemini', placement: 'remote', isIncumbent: false, repeats: 2, concurrency: 4, ...settings }
}

describe('the order of samples', () => {
  test('is the same for the same seed, whatever order the samples came in', () => {
    expect(seededOrder(['b', 'a', 'c', 'd'], 7)).toEqual(seededOrder(['d', 'c', 'b', 'a'], 7))
  })

  test('is a permutation, and another seed gives another one', () => {
    const keys = Array.from({ length: 50 }, (_, index) => `s${index}`)
    expect(seededOrder(keys, 1).toSorted()).toEqual(keys.toSorted())
    expect(seededOrder(keys, 1)).not.toEqual(seededOrder(keys, 2))
  })
})

describe('planned calls', () => {
  test('ask remote models of one provider in turn, every sample once before any sample twice', () => {
    const [lane] = planCalls([model('a'), model('b', { isIncumbent: true })], samples)
    expect(lane?.blocks).toHaveLength(1)
    expect(lane?.blocks[0]?.calls.map(({ model, sampleKey, repeat }) => `${repeat}${sampleKey}${model}`)).toEqual(
      [0, 1].flatMap((repeat) => samples.flatMap((key) => [`${repeat}${key}b`, `${repeat}${key}a`])),
    )
  })

  test('give the accelerator to one local model after another, the incumbent first, each with a warm-up', () => {
    const local = { placement: 'local', provider: 'ollama', concurrency: 1 } as const
    const [lane, ...others] = planCalls(
      [model('small', local), model('held', { ...local, isIncumbent: true })],
      samples,
    )
    expect(others).toEqual([])
    expect(lane?.blocks.map(({ warmUp }) => warmUp)).toEqual(['held', 'small'])
    expect(new Set(lane?.blocks[0]?.calls.map((call) => call.model))).toEqual(new Set(['held']))
  })

  test('run providers side by side and in-process models beside them', () => {
    const lanes = planCalls(
      [model('a'), model('b', { provider: 'other' }), model('rules-basic', { placement: 'in-process', repeats: 1 })],
      samples,
    )
    expect(lanes.map(({ name }) => name)).toEqual(['gemini', 'other', 'in-process'])
    expect(lanes.at(-1)?.blocks[0]?.calls).toHaveLength(samples.length)
  })

  test('ask every model every sample in each of its repeats exactly once', () => {
    const placements = fc.constantFrom('remote' as const, 'local' as const, 'in-process' as const)
    const models = fc.uniqueArray(
      fc.record({ name: fc.string({ minLength: 1 }), placement: placements, repeats: fc.integer({ min: 1, max: 3 }) }),
      {
        selector: ({ name }) => name,
        minLength: 1,
        maxLength: 6,
      },
    )
    fc.assert(
      fc.property(models, (some) => {
        const planned = some.map(({ name, ...settings }) => model(name, settings))
        const keys = planCalls(planned, samples).flatMap(({ blocks }) =>
          blocks.flatMap(({ calls }) => calls.map(callKey)),
        )
        expect(keys).toHaveLength(planned.reduce((sum, { repeats }) => sum + repeats * samples.length, 0))
        expect(new Set(keys).size).toBe(keys.length)
      }),
    )
  })
})
