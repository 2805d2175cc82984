import { describe, expect, test } from 'vitest'
import { clusteredMean } from '../../../src/analysis/statistics/clustered-mean.ts'

const single = (values: number[]) => values.map((value, index) => ({ value, cluster: `item ${index}` }))

describe('mean with clustered standard error', () => {
  test('with single items the error is the usual one, s/√n', () => {
    const { mean, standardError, clusters, effectiveClusters } = clusteredMean(single([1, 2, 3, 4, 10]))
    expect(mean).toBe(4)
    expect(standardError).toBeCloseTo(Math.sqrt(12.5 / 5), 12)
    expect([clusters, effectiveClusters]).toEqual([5, 5])
  })

  test('copies of an item in one cluster tell no more than the item', () => {
    const once = clusteredMean(single([1, 2, 3, 4, 10]))
    const thrice = clusteredMean([0, 1, 2].flatMap(() => single([1, 2, 3, 4, 10])))
    expect(thrice.standardError).toBeCloseTo(once.standardError ?? Number.NaN, 12)
    expect(thrice.effectiveClusters).toBeCloseTo(5, 12)
  })

  test('clusters of unequal size count as fewer than they are', () => {
    const values = [1, 2, 3, 4].map((value) => ({ value, cluster: 'large' }))
    const { clusters, effectiveClusters } = clusteredMean([...values, ...single([5, 6])])
    expect(clusters).toBe(3)
    expect(effectiveClusters).toBe(36 / 18)
  })

  test('weights count as that many observations', () => {
    const weighted = clusteredMean([
      { value: 1, cluster: 'a', weight: 2 },
      { value: 4, cluster: 'b' },
    ])
    expect(weighted.mean).toBe(2)
    expect(weighted.effectiveClusters).toBe(9 / 5)
  })

  test('one cluster has a mean and no error', () => {
    const { mean, standardError } = clusteredMean([
      { value: 1, cluster: 'a' },
      { value: 3, cluster: 'a' },
    ])
    expect([mean, standardError]).toEqual([2, null])
  })
})
