import { describe, expect, test } from 'vitest'
import { sampleRatio } from '../../../src/rollout/live/sample-ratio.ts'
import { isForChallenger } from '../../../src/rollout/split.ts'
import { mulberry32 } from '../../../src/shared/mulberry32.ts'

describe('the check of the split', () => {
  test('finds a share that is not the one that was set', () => {
    expect(sampleRatio(290, 710, 0.1)).toMatchObject({ status: 'broken', share: 0.29 })
    expect(sampleRatio(0, 1500, 0.1)).toMatchObject({ status: 'broken', share: 0 })
    expect(sampleRatio(200, 800, 0.5)).toMatchObject({ status: 'broken' })
  })

  test('is silent for a healthy split, however often it is asked, also with ten requests a key', () => {
    for (const requestsPerKey of [1, 10]) {
      for (let seed = 1; seed <= 40; seed += 1) {
        const random = mulberry32(seed)
        const keys = Array.from({ length: 3000 / requestsPerKey }, (_, key) => {
          return isForChallenger(`rollout-${seed}`, `key-${key}`, 0.1)
        })
        const seen = { challenger: 0, incumbent: 0 }
        for (let request = 0; request < 3000; request += 1) {
          seen[keys[Math.floor(random() * keys.length)] === true ? 'challenger' : 'incumbent'] += 1
          if (request % 50 === 0) expect(sampleRatio(seen.challenger, seen.incumbent, 0.1).status).not.toBe('broken')
        }
      }
    }
  })

  test('lets a small deviation pass, as requests of one key come in bunches', () => {
    expect(sampleRatio(12_000, 88_000, 0.1)).toMatchObject({ status: 'healthy' })
  })

  test('says nothing without requests', () => {
    expect(sampleRatio(0, 0, 0.1)).toEqual({ status: 'unknown', share: null, logE: 0 })
  })
})
