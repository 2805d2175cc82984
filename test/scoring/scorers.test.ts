import { describe, expect, test } from 'vitest'
import { scorers, scorerVersion } from '../../src/scoring/scorers.ts'
import { scorerNames } from '../../src/tasks/scorer-options.ts'

describe('the scorers', () => {
  test('every scorer that a task.yaml may name exists', () => {
    expect(Object.keys(scorers).sort()).toEqual([...scorerNames].sort())
  })

  test('give what they gave in this version: a change here asks for a new scorer version', () => {
    const points = [{ point: 'p', phrasings: ['night shifts'] }]
    expect({
      version: scorerVersion,
      equal: scorers.equal('Full time', 'full  TIME', { aliases: undefined }),
      within: scorers.within(100, '104', { tolerance: 0.04, absolute: 0 }),
      recallAt: scorers['recall-at'](['a', 'b', 'c'], ['x', 'y', 'a', 'z', 'b', 'c'], {
        k: undefined,
        factor: 1.5,
        aliases: undefined,
      }),
      setF1: scorers['set-f1'](['a', 'b', 'c'], ['a', 'x'], { aliases: undefined }),
      ordinal: scorers.ordinal(7, 4, { span: 9, levels: undefined }),
      pointsCovered: scorers['points-covered'](points, 'Night shift', { limit: undefined }),
      textSimilarity: scorers['text-similarity']('one two three', 'two three four', {}),
    }).toEqual({
      version: 1,
      equal: 1,
      within: 1,
      recallAt: 2 / 3,
      setF1: 0.4,
      ordinal: 1 - 3 / 9,
      pointsCovered: 1,
      textSimilarity: 4 / 6,
    })
  })
})
