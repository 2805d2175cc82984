import { describe, expect, test } from 'vitest'
import type { OutcomeMeasures } from '../../src/database/outcome-queries.ts'
import type { Epoch, Witness } from '../../src/workflows/epoch.ts'
import { epochChanges } from '../../src/workflows/epoch.ts'
import { type EarlierEvaluation, looksAt, poolHistory } from '../../src/workflows/pool-history.ts'

const shared: Epoch['shared'] = {
  prompt: 'p1',
  answerSchema: 's1',
  scoring: 't1',
  scorer: 1,
  dataset: 'd1',
  parameters: { temperature: 0, maxOutputTokens: 100 },
  references: { latencyMs: 2000, costUsd: 0.004 },
}
const part = (input = 0.001) => ({ id: 'model', price: { input, output: 0.002, cachedInput: null } })
const epoch: Epoch = { shared, models: { a: part(), b: part(), c: part() } }

function witness(versions: Record<string, string[]> = {}, own: Epoch = epoch): Witness {
  return { epoch: own, versions: new Map(Object.entries(versions)) }
}

function earlier(number: number, overrides: Partial<EarlierEvaluation> = {}): EarlierEvaluation {
  return {
    ...witness(),
    id: `e${number}`,
    week: `2026-11-${10 + number}`,
    incumbent: 'a',
    judged: new Set(['a', 'b']),
    looks: [{ challenger: 'b', verdict: 'inconclusive' }],
    isValid: true,
    ...overrides,
  }
}

function measure(evaluationId: string, model: string, repeat = 0): OutcomeMeasures {
  const measured = { accuracy: 50, latencyMs: 1, costUsd: 0, failureKind: undefined }
  return { evaluationId, model, sampleKey: 's', repeat, status: 'scored', ...measured }
}

describe('what is pooled', () => {
  const pool = (now: Witness, before: EarlierEvaluation[], measures: OutcomeMeasures[] = []) =>
    poolHistory(now, ['a', 'b'], before, measures, () => undefined)

  test('is at most eight evaluations with the one that is decided', () => {
    const before = Array.from({ length: 12 }, (_, index) => earlier(index))
    expect(pool(witness(), before).evaluations.map(({ evaluation }) => evaluation)).toEqual(
      before.slice(-7).map(({ id }) => id),
    )
  })

  test('is what was judged then: no run that was dropped or locked', () => {
    const measures = [measure('e1', 'a'), measure('e1', 'b'), measure('e1', 'c')]
    const { records } = pool(witness(), [earlier(1, { judged: new Set(['a']) })], measures)
    expect(records).toMatchObject([{ model: 'a', repeat: 0, week: '2026-11-11', item: 's', accuracy: 50 }])
    expect(records).toHaveLength(1)
  })

  test('is nothing of an evaluation from which nothing could be concluded', () => {
    expect(pool(witness(), [earlier(1, { isValid: false })]).evaluations).toEqual([])
  })

  test('is nothing of a model whose version or price is another one now', () => {
    const before = [earlier(1, { versions: new Map([['b', ['v1']]]) })]
    expect(pool(witness({ b: ['v1'] }), before).evaluations[0]?.models).toEqual(['a', 'b'])
    expect(pool(witness({ b: ['v2'] }), before).evaluations[0]?.models).toEqual(['a'])
    const dearer = { shared, models: { a: part(), b: part(0.002) } }
    expect(pool(witness({ b: ['v1'] }, dearer), before).evaluations[0]?.models).toEqual(['a'])
  })

  test('a version that nobody said speaks against nothing', () => {
    expect(pool(witness(), [earlier(1, { versions: new Map([['b', ['v1']]]) })]).evaluations[0]?.models).toContain('b')
  })
})

describe('looks at a pair', () => {
  test('are the same whoever of the two holds the seat: a switch does not give new ones', () => {
    const swapped = earlier(2, { incumbent: 'b', looks: [{ challenger: 'a', verdict: 'drop' }] })
    expect(looksAt(['b', 'a'], witness(), [earlier(1), swapped])).toEqual(['inconclusive', 'drop'])
    expect(looksAt(['a', 'c'], witness(), [earlier(1), swapped])).toEqual([])
  })

  test('begin anew with a new version of one of the two', () => {
    const before = [
      earlier(1, { versions: new Map([['a', ['v1']]]) }),
      earlier(2, { versions: new Map([['a', ['v2']]]) }),
    ]
    expect(looksAt(['a', 'b'], witness({ a: ['v2'] }), before)).toHaveLength(1)
  })
})

describe('a new epoch', () => {
  test('names what changed, and nothing where nothing did', () => {
    expect(epochChanges(witness({ a: ['v1'] }), witness({ a: ['v1'] }))).toEqual([])
    const now: Epoch = {
      shared: { ...shared, prompt: 'p2', dataset: 'd2', references: { latencyMs: 850, costUsd: 0.004 } },
      models: { a: part(0.005), b: { ...part(), id: 'other' }, new: part() },
    }
    expect(epochChanges(witness({ a: ['v1'] }), witness({ a: ['v2'] }, now))).toEqual([
      'prompt changed',
      'golden data changed',
      'reference for speed changed from 2.00\u202fs to 850\u202fms',
      'price of a changed',
      'version of a changed from v1 to v2',
      'b is now other, before model',
    ])
  })
})
