import { describe, expect, test } from 'vitest'
import type { Sample } from '../../src/datasets/dataset.ts'
import { similarSamples } from '../../src/datasets/similar-samples.ts'

const profile = 'A nurse of many years who likes nights and has mentored nine students on two wards'
const letter =
  'we would like to meet a person who fixes old clocks and does not mind stairs or the cold of the tower in winter'

function sample(key: string, text: string, cluster?: string): Sample {
  return { key, input: { text, profile }, cluster, category: undefined, complexity: undefined, notes: undefined }
}

describe('samples that say nearly the same', () => {
  test('are found whatever their case, punctuation and surroundings', () => {
    const pairs = similarSamples([
      sample('a', letter),
      sample('b', `Hello! ${letter.toUpperCase()}. Write to us soon, and tell us about the clock that you liked best.`),
      sample('c', 'a quite different posting that looks for somebody who drives a van through the mountains every day'),
    ])
    expect(pairs).toEqual([{ keys: ['a', 'b'], shared: 1 }])
  })

  test('are no matter when they say that they belong together', () => {
    expect(similarSamples([sample('a', letter, 'clocks'), sample('b', letter, 'clocks')])).toEqual([])
    expect(similarSamples([sample('a', letter, 'clocks'), sample('b', letter, 'towers')])).toHaveLength(1)
  })

  test('text that stands beside the main one in many samples makes none similar', () => {
    const short = (key: string, text: string) => sample(key, text)
    expect(
      similarSamples([
        short('a', `clerk ${'one two three four '.repeat(9)}`),
        short('b', `driver ${'five six seven '.repeat(9)}`),
      ]),
    ).toEqual([])
  })

  test('short texts are similar only when they are the same', () => {
    expect(
      similarSamples([sample('a', 'Refund'), sample('b', 'refund'), sample('c', 'Login')].map(withoutProfile)),
    ).toEqual([{ keys: ['a', 'b'], shared: 1 }])
  })
})

function withoutProfile(given: Sample): Sample {
  return { ...given, input: { text: given.input.text ?? '' } }
}
