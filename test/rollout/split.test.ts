import { describe, expect, test } from 'vitest'
import { bucketOf, isForChallenger } from '../../src/rollout/split.ts'

const rollout = '3f0c9d0e-8f53-4c3e-9a3c-0d4f5b7a1c11'
const keys = Array.from({ length: 20_000 }, (_, index) => `user-${index}`)

describe('the split of the requests', () => {
  test('is the first 8 hex digits of md5("rollout:key"), as a part of 2³²', () => {
    // md5('a:b') = d8160c9b3dc20d4e931aeb4f45262155
    expect(bucketOf('a', 'b')).toBe(0xd8160c9b / 2 ** 32)
  })

  test('gives a key the same model for as long as a rollout lasts, also when its share grows', () => {
    for (const key of keys.slice(0, 1000)) {
      if (isForChallenger(rollout, key, 0.1)) expect(isForChallenger(rollout, key, 0.25)).toBe(true)
    }
  })

  test('gives the challenger its share of the keys', () => {
    for (const share of [0.1, 0.25, 0.5]) {
      const seen = keys.filter((key) => isForChallenger(rollout, key, share)).length / keys.length
      expect(Math.abs(seen - share)).toBeLessThan(4 * Math.sqrt((share * (1 - share)) / keys.length))
    }
  })

  test('puts other keys into the next rollout', () => {
    const both = keys.filter((key) => isForChallenger(rollout, key, 0.1) && isForChallenger('next', key, 0.1)).length
    expect(both / keys.length).toBeLessThan(0.015)
  })

  test('of none or all of the requests is exact', () => {
    expect(keys.some((key) => isForChallenger(rollout, key, 0))).toBe(false)
    expect(keys.every((key) => isForChallenger(rollout, key, 1))).toBe(true)
  })
})
