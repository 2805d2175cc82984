import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { perfectAnswer } from '../../../src/scoring/perfect-answer.ts'
import { scoreAnswer } from '../../../src/scoring/score-answer.ts'
import type { JsonObject } from '../../../src/shared/json.ts'
import { loadTask } from '../../../src/tasks/load-task.ts'
import { inferSchema } from '../../../src/tasks/skeleton/infer-schema.ts'
import { taskSkeleton } from '../../../src/tasks/skeleton/task-skeleton.ts'
import { targetProblems } from '../../../src/tasks/target-problems.ts'
import { refusalOf } from '../../datasets/refusal-of.ts'
import { writtenFolder } from '../../datasets/written-dataset.ts'

function taskOf(targets: JsonObject[]) {
  return loadTask(writtenFolder(Object.fromEntries(taskSkeleton('mine', ['title', 'text'], targets))))
}

describe('a task guessed from targets', () => {
  test('has a scorer that fits each value, with weights that sum to 100', () => {
    const targets = Array.from({ length: 12 }, (_, index) => ({
      team: index % 2 === 0 ? 'a' : 'b',
      name: `unique ${index}`,
      summary: `a text of number ${index} that is much longer than a name`,
      urgent: index % 3 === 0,
      level: (index % 5) + 1,
      year: 1990 + index * 3,
      price: index + 0.5,
      tags: ['x', 'y'],
      people: [{ role: 'r', note: 'n' }],
    }))
    const { scoring } = taskOf(targets)
    expect(scoring.map(({ path, scorer }) => [path, scorer])).toEqual([
      ['team', 'equal'],
      ['name', 'equal'],
      ['summary', 'text-similarity'],
      ['urgent', 'equal'],
      ['level', 'ordinal'],
      ['year', 'within'],
      ['price', 'within'],
      ['tags', 'set-f1'],
      ['people[].role', 'set-f1'],
      ['people[].note', 'set-f1'],
    ])
    expect(scoring.reduce((sum, { weight }) => sum + weight, 0)).toBe(100)
  })

  test('inserts every key of the input and the schema into its prompt', () => {
    const { prompt } = taskOf([{ a: 1 }])
    expect([...prompt.placeholders.keys()]).toEqual(['title', 'text'])
    expect(prompt.system).toContain('{{schema}}')
  })

  test('scores perfect answers 100, whatever the targets are', () => {
    const target = fc.record(
      {
        word: fc.constantFrom('a', 'b', 'c'),
        text: fc.string({ minLength: 1 }).filter((text) => /\w/.test(text)),
        number: fc.integer({ min: -1000, max: 1000 }),
        share: fc.double({ noNaN: true, noDefaultInfinity: true }),
        truth: fc.boolean(),
        list: fc.array(fc.constantFrom('x', 'y', 'z')),
        inner: fc.record({ deep: fc.integer(), flags: fc.array(fc.record({ flag: fc.constantFrom('p', 'q') })) }),
      },
      { requiredKeys: ['word'] },
    )
    fc.assert(
      fc.property(fc.array(target, { minLength: 1, maxLength: 6 }), (targets) => {
        const task = taskOf(targets)
        for (const each of targets) {
          expect(targetProblems(task, each)).toEqual([])
          expect(scoreAnswer(task, each, perfectAnswer(task, each))).toMatchObject({ accuracy: 100, completeness: 100 })
        }
      }),
      { numRuns: 30 },
    )
  })

  test('cannot be made of targets that say nothing, or of inputs that a prompt cannot insert', () => {
    expect(refusalOf(() => taskSkeleton('mine', ['a'], []))).toContain('at least one target')
    expect(refusalOf(() => taskSkeleton('mine', ['a'], [{}]))).toContain('at least one value to compare')
    expect(refusalOf(() => taskSkeleton('mine', ['schema'], [{ a: 1 }]))).toContain('got "schema"')
    for (const key of ['a b', 'a.b', 'a[]']) {
      expect(refusalOf(() => taskSkeleton('mine', ['a'], [{ x: { [key]: 1 } }]))).toContain(`got "${key}"`)
    }
  })
})

describe('the schema guessed from targets', () => {
  test('lists few different short texts that come back, and leaves others open', () => {
    expect(inferSchema(['a', 'b', 'a', 'b'])).toEqual({ type: 'string', enum: ['a', 'b'] })
    expect(inferSchema(['a', 'b', 'c'])).toEqual({ type: 'string' })
    expect(inferSchema(['x'.repeat(41), 'x'.repeat(41)])).toEqual({ type: 'string' })
  })

  test('allows null where a target lacks a value', () => {
    expect(inferSchema([{ a: 'x' }, { a: 'x' }, {}])).toEqual({
      type: 'object',
      additionalProperties: false,
      required: ['a'],
      properties: { a: { type: ['string', 'null'], enum: ['x', null] } },
    })
  })

  test('refuses values of different types at one place', () => {
    expect(refusalOf(() => inferSchema([{ a: { b: 1 } }, { a: { b: 'x' } }]))).toBe(
      'Expected values of one type at a.b in all targets, got integer and string.',
    )
    expect(inferSchema([1, 1.5])).toEqual({ type: 'number' })
  })
})
