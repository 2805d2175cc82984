import { describe, expect, test } from 'vitest'
import { answersDiffer } from '../../../src/rollout/live/answers-differ.ts'
import type { JsonObject } from '../../../src/shared/json.ts'

const schema: JsonObject = {
  type: 'object',
  properties: {
    remote: { type: 'boolean' },
    salary: { anyOf: [{ type: 'number' }, { type: 'null' }] },
    level: { $ref: '#/$defs/Level' },
    tags: { type: 'array', items: { enum: ['a', 'b', 'c'] } },
    summary: { type: 'string' },
    office: { type: 'object', properties: { floor: { type: ['integer', 'null'] }, name: { type: 'string' } } },
  },
  $defs: { Level: { type: 'string', enum: ['junior', 'senior'] } },
}

const answer: JsonObject = {
  remote: true,
  salary: 50,
  level: 'junior',
  tags: ['a', 'b'],
  summary: 'one',
  office: { floor: 3, name: 'north' },
}

describe('structured answers are compared in their closed fields', () => {
  test('the same answer does not differ, in whatever order its lists and keys are', () => {
    const other = { ...answer, tags: ['b', 'a'], office: { name: 'north', floor: 3 } }
    expect(answersDiffer(schema, answer, other)).toBe(false)
  })

  test('free text may differ', () => {
    expect(answersDiffer(schema, answer, { ...answer, summary: 'two', office: { floor: 3, name: 'south' } })).toBe(
      false,
    )
  })

  test.each([
    ['a truth value', { remote: false }],
    ['an optional number', { salary: null }],
    ['a listed word behind a reference', { level: 'senior' }],
    ['a list of listed words', { tags: ['a'] }],
    ['a field of an object within', { office: { floor: 4, name: 'north' } }],
    ['an object that is missing', { office: null }],
  ])('%s counts', (_what, changed) => {
    expect(answersDiffer(schema, answer, { ...answer, ...changed })).toBe(true)
  })

  test('what is absent on both sides is no difference', () => {
    expect(answersDiffer(schema, { remote: true }, { remote: true, salary: null })).toBe(false)
  })

  test('a choice that leads back to itself is no closed field', () => {
    const choice: JsonObject = { anyOf: [{ $ref: '#/$defs/A' }, { type: 'number' }, { type: 'string' }] }
    const circular: JsonObject = { properties: { a: { $ref: '#/$defs/A' } }, $defs: { A: choice } }
    expect(answersDiffer(circular, { a: 1 }, { a: 2 })).toBeUndefined()
  })

  test('nothing can be told of answers without a closed field', () => {
    const text: JsonObject = { type: 'object', properties: { summary: { type: 'string' } } }
    expect(answersDiffer(text, { summary: 'one' }, { summary: 'two' })).toBeUndefined()
    expect(answersDiffer(schema, {}, {})).toBeUndefined()
    expect(answersDiffer({ $ref: '#/$defs/Gone' }, { a: 1 }, { a: 2 })).toBeUndefined()
  })
})
