import { describe, expect, test } from 'vitest'
import { targetSummary } from '../../src/scoring/target-summary.ts'
import type { FieldScoring } from '../../src/tasks/task.ts'

const answerSchema = {
  type: 'object',
  properties: {
    team: { type: 'string', enum: ['a', 'b'] },
    note: { type: 'string' },
    urgent: { type: 'boolean' },
    level: { type: 'integer' },
    tags: { type: 'array', items: { type: 'string' } },
    price: { type: ['number', 'null'] },
  },
}
const targets = [
  { team: 'b', note: 'x', urgent: true, level: 10, tags: ['p', 'q'], price: 1 },
  { team: 'b', note: 'y', urgent: false, level: 9, tags: ['p'], price: null },
  { team: 'a', note: 'z', urgent: true, level: 9, tags: [] },
]

function field(path: string, scorer: 'equal' | 'set-f1' | 'ordinal' | 'within' | 'points-covered'): FieldScoring {
  return { path, targetPath: path, weight: 0, scorer, options: {} } as unknown as FieldScoring
}

describe('what the targets say in a field', () => {
  test.each([
    ['how often each value stands there', field('team', 'equal'), 'b 2, a 1'],
    ['true and false', field('urgent', 'equal'), 'true 2, false 1'],
    ['that a free text is stated', field('note', 'equal'), '3 stated'],
    ['levels in their order', field('level', 'ordinal'), '9: 2, 10: 1'],
    ['entries of sets, in how many samples, and which', field('tags', 'set-f1'), '3 in 2 samples: p 2, q 1'],
    ['how many numbers are stated, and how many are not', field('price', 'within'), '1 stated, none 2'],
    ['how many points there are', field('tags', 'points-covered'), '3 in 2 samples'],
    ['that there is nothing', field('missing', 'within'), '0 stated, none 3'],
  ])('is told as %s', (_what, scoring, text) => {
    expect(targetSummary({ answerSchema }, scoring, targets)).toBe(text)
  })

  test('is only counted where there are too many different entries to list', () => {
    const many = Array.from({ length: 41 }, (_, index) => ({ tags: [`t${index}`] }))
    expect(targetSummary({ answerSchema }, field('tags', 'set-f1'), many)).toBe('41 in 41 samples, 41 different')
  })
})
