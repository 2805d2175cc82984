import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { scoreAnswer } from '../../src/scoring/score-answer.ts'
import type { JsonObject } from '../../src/shared/json.ts'
import type { FieldScoring, Task } from '../../src/tasks/task.ts'

const plain = { aliases: undefined }
const skills: FieldScoring = {
  path: 'skills[].name',
  targetPath: 'skills[].name',
  scorer: 'recall-at',
  weight: 40,
  options: { k: undefined, factor: 1.5, aliases: undefined },
}
const scoring: FieldScoring[] = [
  skills,
  { path: 'is_authentic', targetPath: 'is_authentic', scorer: 'equal', weight: 20, options: plain },
  { path: 'industry', targetPath: 'industry', scorer: 'equal', weight: 20, options: plain },
  { path: 'pay.min', targetPath: 'pay.min', scorer: 'within', weight: 5, options: { tolerance: 0, absolute: 0 } },
  { path: 'pay.max', targetPath: 'pay.max', scorer: 'within', weight: 5, options: { tolerance: 0, absolute: 0 } },
  { path: 'kind', targetPath: 'kind', scorer: 'equal', weight: 10, options: plain },
  { path: 'seniority', targetPath: 'seniority', scorer: 'equal', weight: 0, options: plain },
]
const task: Pick<Task, 'scoring' | 'answerSchema'> = { scoring, answerSchema: { type: 'object', properties: {} } }
const target: JsonObject = {
  skills: [{ name: 'Python' }, { name: 'SQL' }],
  is_authentic: true,
  industry: 'finance',
  pay: { min: 120_000, max: 150_000 },
  kind: 'full_time',
  seniority: 'senior',
}

function accuracy(expected: JsonObject, answer: JsonObject): number {
  return scoreAnswer(task, expected, answer).accuracy
}

describe('the score of an answer', () => {
  test('a perfect answer scores exactly 100 and an empty one 0', () => {
    expect(accuracy(target, target)).toBe(100)
    expect(accuracy(target, {})).toBe(0)
    expect(accuracy(target, { skills: null, is_authentic: null, pay: null })).toBe(0)
  })

  test('every field gives its weight', () => {
    expect(accuracy(target, { ...target, is_authentic: false })).toBe(80)
    expect(accuracy(target, { ...target, skills: [{ name: 'python' }] })).toBe(80)
    expect(accuracy(target, { ...target, pay: { min: '120,000', max: 1 } })).toBe(95)
    expect(accuracy(target, { ...target, kind: 'part_time' })).toBe(90)
  })

  test('a field of weight 0 is reported and does not count', () => {
    const score = scoreAnswer(task, target, { ...target, seniority: 'junior' })
    expect(score.accuracy).toBe(100)
    expect(score.fields.at(-1)).toEqual({ path: 'seniority', scorer: 'equal', weight: 0, score: 0 })
  })

  test('a field that neither has is left out and the other weights make up 100', () => {
    const { pay: _pay, ...withoutPay } = target
    const score = scoreAnswer(task, withoutPay, { ...withoutPay, pay: { min: null } })
    expect(score.accuracy).toBe(100)
    expect(score.fields.filter(({ score: points }) => points === null).map(({ path }) => path)).toEqual([
      'pay.min',
      'pay.max',
    ])
    expect(accuracy(withoutPay, { ...withoutPay, is_authentic: false })).toBeCloseTo((100 * 70) / 90)
  })

  test('inventing what is not there costs as much as missing what is', () => {
    const { pay: _pay, ...withoutPay } = target
    expect(accuracy(withoutPay, target)).toBe(90)
    expect(accuracy(target, withoutPay)).toBe(90)
  })

  test('an empty answer earns nothing by the fields that the target does not have either', () => {
    expect(accuracy({ is_authentic: true }, {})).toBe(0)
  })

  test('an empty list is an answer: it is full against an empty list and 0 against none', () => {
    expect(accuracy({ skills: [] }, { skills: [] })).toBe(100)
    expect(accuracy({ skills: [] }, {})).toBe(0)
    expect(accuracy({}, { skills: [] })).toBe(0)
  })

  test('where nothing was expected and nothing came, nothing is wrong', () => {
    expect(accuracy({}, {})).toBe(100)
    expect(accuracy({ seniority: 'senior' }, {})).toBe(100)
  })

  test.each<[string, JsonObject]>([
    ['text for a list', { ...target, skills: 'Python, SQL' }],
    ['texts for objects in a list', { ...target, skills: ['Python', 'SQL'] }],
    ['an object for a list', { ...target, skills: { name: 'Python' } }],
  ])('%s scores 0 for that field and nothing else', (_name, answer) => {
    expect(accuracy(target, answer)).toBe(60)
  })

  test('text where an object should be scores 0 for the fields in it', () => {
    expect(accuracy(target, { ...target, pay: '120,000 to 150,000' })).toBe(90)
  })

  test('the answer may stand at another path than the target', () => {
    const moved = { ...task, scoring: [{ ...skills, weight: 100, targetPath: 'must_name' }] }
    expect(scoreAnswer(moved, { must_name: ['SQL'] }, { skills: [{ name: 'sql' }] }).accuracy).toBe(100)
  })

  test('whatever an answer holds, it is scored between 0 and 100 and nothing throws', () => {
    const anything = fc.jsonValue().map((value) => value as never)
    const keys = ['skills', 'is_authentic', 'industry', 'pay', 'kind', 'seniority']
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...keys), anything), (answer) => {
        const { accuracy: points, completeness } = scoreAnswer(task, target, answer)
        expect(points).toBeGreaterThanOrEqual(0)
        expect(points).toBeLessThanOrEqual(100)
        expect(completeness).toBe(100)
      }),
    )
  })
})
