import { describe, expect, test } from 'vitest'
import { perfectAnswer } from '../../src/scoring/perfect-answer.ts'
import { scoreAnswer } from '../../src/scoring/score-answer.ts'
import type { JsonObject } from '../../src/shared/json.ts'
import { schemaErrors } from '../../src/tasks/schema-errors.ts'
import type { FieldScoring } from '../../src/tasks/task.ts'

const answerSchema: JsonObject = {
  type: 'object',
  additionalProperties: false,
  required: ['points', 'summary', 'level', 'flags', 'remark'],
  properties: {
    points: { type: 'array', items: { type: 'string' } },
    summary: { type: 'string' },
    level: { type: 'integer' },
    flags: {
      type: 'array',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['flag'],
        properties: { flag: { type: 'string' } },
      },
    },
    remark: { type: ['string', 'null'] },
  },
}
const scoring: FieldScoring[] = [
  { path: 'points', targetPath: 'points', scorer: 'points-covered', weight: 40, options: { limit: 5 } },
  { path: 'summary', targetPath: 'must_say', scorer: 'points-covered', weight: 20, options: { limit: undefined } },
  { path: 'level', targetPath: 'level', scorer: 'ordinal', weight: 20, options: { span: 4, levels: undefined } },
  { path: 'flags[].flag', targetPath: 'flag_names', scorer: 'set-f1', weight: 20, options: { aliases: undefined } },
]
const target: JsonObject = {
  points: [
    { point: 'nights', phrasings: ['night shifts', 'at night'] },
    { point: 'care', phrasings: ['wound care'] },
  ],
  must_say: [{ point: 'ward', phrasings: ['a busy ward', 'ward work'] }],
  level: 6,
  flag_names: ['long_hours', 'low_pay'],
}

describe('the perfect answer to a target', () => {
  test('scores 100, conforms to the schema and says one phrasing of each point', () => {
    const answer = perfectAnswer({ scoring, answerSchema }, target)
    expect(answer).toEqual({
      points: ['night shifts', 'wound care'],
      summary: 'a busy ward',
      level: 6,
      flags: [{ flag: 'long_hours' }, { flag: 'low_pay' }],
      remark: null,
    })
    expect(schemaErrors(answerSchema, answer)).toEqual([])
    expect(scoreAnswer({ scoring, answerSchema }, target, answer)).toMatchObject({ accuracy: 100, completeness: 100 })
  })

  test('leaves out what the target does not tell', () => {
    expect(perfectAnswer({ scoring, answerSchema }, { level: 3 })).toEqual({ level: 3, remark: null })
  })
})
