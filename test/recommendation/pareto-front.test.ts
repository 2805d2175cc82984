import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { paretoFront, type ScoredModel } from '../../src/recommendation/pareto-front.ts'

function scored(model: string, accuracy: number, speed: number, cost: number | null): ScoredModel {
  return { model, accuracy, speed, cost }
}

describe('the Pareto front', () => {
  test('has every model that no other one replaces without a loss', () => {
    const places = paretoFront([
      scored('right', 95, 20, 20),
      scored('fast', 80, 90, 50),
      scored('worse', 90, 20, 20),
      scored('cheap', 70, 30, 99),
    ])
    expect(places).toEqual([
      { model: 'right', status: 'front' },
      { model: 'fast', status: 'front' },
      { model: 'worse', status: 'beaten', by: 'right' },
      { model: 'cheap', status: 'front' },
    ])
  })

  test('has both of two models that score the same', () => {
    const places = paretoFront([scored('a', 80, 50, 50), scored('b', 80, 50, 50 + 1e-12)])
    expect(places.map(({ status }) => status)).toEqual(['front', 'front'])
  })

  test('cannot place a model whose cost is unknown beside others whose cost is known', () => {
    const places = paretoFront([scored('priced', 80, 50, 50), scored('unpriced', 90, 90, null)])
    expect(places).toEqual([
      { model: 'priced', status: 'front' },
      { model: 'unpriced', status: 'unknown' },
    ])
  })

  test('is never empty, and names as better only models that are on it', () => {
    const points = fc.integer({ min: 0, max: 4 })
    const models = fc.array(fc.tuple(points, points, points), { minLength: 1, maxLength: 7 })
    fc.assert(
      fc.property(models, (scores) => {
        const places = paretoFront(scores.map(([a, s, c], index) => scored(`m${index}`, a, s, c)))
        const front = places.filter(({ status }) => status === 'front').map(({ model }) => model)
        expect(front.length).toBeGreaterThan(0)
        for (const place of places) if (place.status === 'beaten') expect(front).toContain(place.by)
      }),
    )
  })
})
