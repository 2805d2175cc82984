import { describe, expect, test } from 'vitest'
import { completeness } from '../../src/scoring/completeness.ts'
import type { AnswerSchema } from '../../src/tasks/schema-subset.ts'

const schema: AnswerSchema = {
  type: 'object',
  required: ['skills', 'salary', 'kind', 'remote'],
  properties: {
    skills: {
      type: 'array',
      items: {
        type: 'object',
        required: ['name'],
        properties: { name: { type: 'string' }, years: { type: 'integer' } },
      },
    },
    salary: {
      type: ['object', 'null'],
      required: ['min', 'max'],
      properties: { min: { type: ['number', 'null'] }, max: { type: ['number', 'null'] } },
    },
    kind: { type: ['string', 'null'], enum: ['full_time', 'part_time', null] },
    remote: { type: 'boolean' },
    remark: { type: 'string' },
  },
}
const complete = { skills: [{ name: 'SQL' }], salary: { min: 1, max: null }, kind: 'full_time', remote: false }

describe('completeness', () => {
  test('an answer with every required field is complete, others are not asked for', () => {
    expect(completeness(schema, complete)).toBe(100)
  })

  test('each of the five required leaves counts the same', () => {
    const { remote: _remote, ...withoutRemote } = complete
    expect(completeness(schema, withoutRemote)).toBe(80)
    expect(completeness(schema, {})).toBe(0)
    expect(completeness(schema, { ...complete, salary: { min: 1 } })).toBe(80)
    expect(completeness(schema, { remark: 'x', remote: true })).toBe(20)
  })

  test('a value of the wrong type, or none of the closed list, is missing', () => {
    expect(completeness(schema, { ...complete, remote: 'no' })).toBe(80)
    expect(completeness(schema, { ...complete, kind: 'gig' })).toBe(80)
    expect(completeness(schema, { ...complete, salary: [1, 2] })).toBe(60)
    expect(completeness(schema, { ...complete, salary: { min: Number.POSITIVE_INFINITY, max: 1 } })).toBe(80)
    expect(completeness(schema, { ...complete, skills: 'SQL' })).toBe(80)
  })

  test('null is an answer where the schema allows it and only there', () => {
    expect(completeness(schema, { ...complete, salary: null, kind: null })).toBe(100)
    expect(completeness(schema, { ...complete, remote: null })).toBe(80)
  })

  test('a field below a list counts the share of elements that have it, and an empty list lacks nothing', () => {
    expect(completeness(schema, { ...complete, skills: [] })).toBe(100)
    expect(completeness(schema, { ...complete, skills: [{ name: 'SQL' }, { nam: 'Go' }] })).toBe(90)
    expect(completeness(schema, { ...complete, skills: ['SQL'] })).toBe(80)
  })

  test('a schema that requires nothing is complete with any object', () => {
    expect(completeness({ type: 'object', properties: {} }, {})).toBe(100)
  })
})
