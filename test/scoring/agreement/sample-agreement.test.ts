import { describe, expect, test } from 'vitest'
import { agreementKinds, sampleAgreement } from '../../../src/scoring/agreement/sample-agreement.ts'
import { scorerNames } from '../../../src/tasks/scorer-options.ts'
import type { FieldScoring } from '../../../src/tasks/task.ts'

const at = { path: 'x', targetPath: 'x', weight: 10 }
const aliases = new Map([['js', 'javascript']])
const category: FieldScoring = { ...at, scorer: 'equal', options: { aliases } }
const level: FieldScoring = { ...at, scorer: 'ordinal', options: { span: 2, levels: ['low', 'middle', 'high'] } }
const number: FieldScoring = { ...at, scorer: 'within', options: { tolerance: 0.5, absolute: 0 } }
const set: FieldScoring = { ...at, scorer: 'recall-at', options: { k: 1, factor: 1, aliases } }
const points: FieldScoring = { ...at, scorer: 'points-covered', options: { limit: undefined } }

describe('two labels of a field', () => {
  test('are compared by what the scorer of the field says it is', () => {
    expect(Object.keys(agreementKinds).sort()).toEqual([...scorerNames].sort())
  })

  test('are categories by their canonical name, and null is one', () => {
    expect(sampleAgreement(category, { x: 'JS' }, { x: 'JavaScript' })).toMatchObject({ isSame: true })
    expect(sampleAgreement(category, { x: true }, { x: 'true' }).isSame).toBe(false)
    expect(sampleAgreement(category, { x: null }, {})).toEqual({ labels: [null, null], share: 1, isSame: true })
    expect(sampleAgreement(category, { x: 'a' }, { x: null })).toEqual({
      labels: ['"a"', null],
      share: 0,
      isSame: false,
    })
  })

  test('are levels by their place', () => {
    expect(sampleAgreement(level, { x: 'Low' }, { x: 'high' })).toEqual({ labels: [0, 2], share: 0, isSame: false })
  })

  test('are numbers that must be equal whatever the tolerance of the scorer, and absent ones tell nothing of values', () => {
    expect(sampleAgreement(number, { x: 100 }, { x: '100' })).toMatchObject({ share: 1, isSame: true })
    expect(sampleAgreement(number, { x: 100 }, { x: 101 })).toMatchObject({ share: 0, isSame: false })
    expect(sampleAgreement(number, { x: 100 }, { x: null })).toEqual({
      labels: ['stated', null],
      share: undefined,
      isSame: false,
    })
  })

  test('are whole sets, however few of them an answer would be read for', () => {
    const { share } = sampleAgreement(set, { x: ['JS', 'SQL', 'Go'] }, { x: ['SQL', 'javascript', 'C'] })
    expect(share).toBeCloseTo(4 / 6, 12)
    expect(sampleAgreement(set, { x: [] }, { x: null })).toMatchObject({ share: 0, isSame: false })
  })

  test('are lists of points', () => {
    const one = [{ point: 'p', phrasings: ['night shifts'] }]
    expect(sampleAgreement(points, { x: one }, { x: [{ point: 'q', phrasings: ['the night shift'] }] }).share).toBe(1)
    expect(sampleAgreement(points, { x: null }, { x: null }).share).toBe(1)
  })
})
