import { describe, expect, test } from 'vitest'
import { ppiMean } from '../../../src/rollout/guards/ppi-mean.ts'

const human = [4, -2, 7, 1, 0, 3, -5, 6, 2, 4]
const others = [3, -1, 8, 0, 2, 5, -4, 6, 1, 3, 2, 7, -3, 0, 4, 1, 5, 2, -2, 6]

describe('a mean from few human labels and many judgements', () => {
  test('a judge that always says the same is not listened to: the mean of the humans stands', () => {
    const { lambda, estimate } = ppiMean(
      human,
      human.map(() => 9),
      others.map(() => 9),
    )
    expect(lambda).toBe(0)
    expect(estimate).toBeCloseTo(2, 12)
  })

  test('a judge that is too kind by 6 to everything moves the estimate by nothing', () => {
    const fair = ppiMean(human, human, others)
    const kind = ppiMean(
      human,
      human.map((value) => value + 6),
      others.map((value) => value + 6),
    )
    expect(kind.estimate).toBeCloseTo(fair.estimate, 9)
  })

  test('lists that do not belong together are refused with their lengths', () => {
    expect(() => ppiMean(human, human.slice(1), others)).toThrow('10 labels, 9 judgements')
    expect(() => ppiMean([1], [1], others)).toThrow('at least two labelled')
  })
})
