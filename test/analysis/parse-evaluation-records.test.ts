import { describe, expect, test } from 'vitest'
import { parseEvaluationRecords } from '../../src/analysis/parse-evaluation-records.ts'
import { UserError } from '../../src/shared/user-error.ts'

const record = { item: 'i1', model: 'A', repeat: 0, ok: true, accuracy: 80, latencyMs: 900, costUsd: 0.001 }
const document = { refs: { latencyMs: 2000, costUsd: 0.004 }, records: [record] }

function messageFor(json: unknown): string {
  try {
    parseEvaluationRecords(json, 'records.json')
  } catch (error) {
    expect(error).toBeInstanceOf(UserError)
    return String(error)
  }
  throw new Error('The records were accepted.')
}

describe('records from outside', () => {
  test('are accepted with the least that is needed, and with keys that nobody knows', () => {
    expect(parseEvaluationRecords({ ...document, comment: 'mine' }, 'records.json').records).toEqual([record])
  })

  test('may have no answer at all, and unknown latency and cost', () => {
    const failed = { item: 'i1', model: 'A', repeat: 0, ok: false, accuracy: null, latencyMs: null, costUsd: null }
    expect(parseEvaluationRecords({ ...document, records: [failed] }, 'records.json').records).toEqual([failed])
  })

  test('every wrong place is named with what was expected and what came', () => {
    const message = messageFor({
      refs: { latencyMs: 0, costUsd: '0.004' },
      records: [
        { ...record, accuracy: 180 },
        { ...record, item: 7 },
      ],
    })
    expect(message).toContain('records.json is not in the format of evaluation records')
    expect(message).toMatch(/refs\.latencyMs: expected a number of more than 0, got 0/)
    expect(message).toMatch(/refs\.costUsd: expected a number, got "0\.004"/)
    expect(message).toMatch(/records\[0\]\.accuracy: expected a number of at most 100, got 180/)
    expect(message).toMatch(/records\[1\]\.item: expected text, got 7/)
  })

  test('a document that is something else is refused', () => {
    expect(messageFor([])).toContain('the top level')
    expect(messageFor({ records: [] })).toContain('refs')
    expect(messageFor({ refs: document.refs })).toContain('records')
  })

  test('a long list of problems is cut, with the number of the rest', () => {
    const records = Array.from({ length: 20 }, () => ({ ...record, ok: 'yes' }))
    expect(messageFor({ ...document, records })).toContain('and 12 more')
  })

  test('a misspelt setting is refused, as a threshold would silently not apply', () => {
    expect(messageFor({ ...document, config: { minItemSwitch: 10 } })).toContain('did you mean "minItemsSwitch"?')
  })

  test('weights have to add up to 1', () => {
    const config = { weights: { accuracy: 0.5, speed: 0.3, cost: 0.3 } }
    expect(messageFor({ ...document, config })).toContain('config.weights: expected weights that add up to 1')
  })

  test('an item cannot be in two clusters', () => {
    const records = [
      { ...record, cluster: 'c1' },
      { ...record, model: 'B', cluster: 'c2' },
    ]
    expect(messageFor({ ...document, records })).toContain(
      'records[1].cluster: expected one cluster per item, got "c2" for item "i1", which is in "c1" in records[0]',
    )
  })

  test('no cluster, null and an empty text all mean that the item stands by itself', () => {
    const records = [record, { ...record, repeat: 1, cluster: null }, { ...record, repeat: 2, cluster: '' }]
    expect(parseEvaluationRecords({ ...document, records }, 'records.json').records).toHaveLength(3)
    expect(messageFor({ ...document, records: [...records, { ...record, repeat: 3, cluster: 'c1' }] })).toContain(
      'records[3].cluster',
    )
  })

  test('the same call cannot be recorded twice, but in two weeks it is two calls', () => {
    expect(messageFor({ ...document, records: [record, record] })).toContain(
      'records[1]: expected one record per model, item, week and repeat, got repeat 0 of item "i1" by "A" again, as in records[0]',
    )
    const records = [
      { ...record, week: 1 },
      { ...record, week: 2 },
    ]
    expect(parseEvaluationRecords({ ...document, records }, 'records.json').records).toHaveLength(2)
  })

  test('all records have a week or none has, and weeks are of one type', () => {
    const other = { ...record, model: 'B' }
    const expected = 'records[1].week: expected a week of the same type in all records, or in none'
    expect(messageFor({ ...document, records: [{ ...record, week: 1 }, other] })).toContain(
      `${expected}, got none here`,
    )
    expect(
      messageFor({
        ...document,
        records: [
          { ...record, week: 1 },
          { ...other, week: '2' },
        ],
      }),
    ).toContain(expected)
  })

  test('records of items that were not expected may contradict each other: they are ignored', () => {
    const stray = { ...record, item: 'elsewhere' }
    const accepted = parseEvaluationRecords(
      { ...document, items: ['i1'], records: [record, stray, stray] },
      'records.json',
    )
    expect(accepted.records).toHaveLength(3)
  })
})
