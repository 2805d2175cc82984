import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { checkDataset } from '../../src/workflows/check-dataset.ts'
import { labelAgreement, taskAgreement } from '../../src/workflows/label-agreement.ts'
import { refusalOf } from '../datasets/refusal-of.ts'
import { smallDataset, writtenFolder } from '../datasets/written-dataset.ts'

const first = smallDataset()['tier1/targets.v1.jsonl'] as { key: string; target: { team: string; urgency: number } }[]
const second = first.map(({ key, target }) => ({ key, target, labelled_by: 'Bob' }))

function agreementWith(files: Record<string, object | string>) {
  return labelAgreement(writtenFolder({ ...smallDataset(), ...files }), undefined)
}

describe('the agreement of two rounds of labels', () => {
  test('is 1 in every field where the labels are the same', () => {
    const { tasks } = agreementWith({ 'tier1/second-labels.v1.jsonl': second })
    expect(tasks).toMatchObject([{ task: 'tickets-core', samples: 12, labelledOnce: 0 }])
    for (const { measures, differing } of tasks[0]?.fields ?? []) {
      expect(measures).toMatchObject([{ value: 1, interval95: [1, 1] }])
      expect(differing).toEqual([])
    }
  })

  test('names the samples that differ, and says how many were labelled only once', () => {
    const changed = second
      .slice(0, 10)
      .map((line) => (line.key === 't3' ? { ...line, target: { team: 'billing', urgency: 5 } } : line))
    const { tasks } = agreementWith({ 'tier1/second-labels.v1.jsonl': changed })
    const [team, urgency] = tasks[0]?.fields ?? []
    expect(tasks[0]).toMatchObject({ samples: 10, labelledOnce: 2 })
    expect(team).toMatchObject({ path: 'team', kind: 'category', differing: ['t3'] })
    // Nine of ten agree; 5 and 5 against 4 and 6: half of the pairs would agree by chance.
    expect(team?.measures[0]?.value).toBeCloseTo(1 - 0.1 / 0.5, 12)
    expect(urgency).toMatchObject({ kind: 'level', weight: 40, measures: [{ name: 'weighted kappa' }] })
    const [low = 2, high = -2] = team?.measures[0]?.interval95 ?? []
    expect(low).toBeLessThan(0.8)
    expect(high).toBeGreaterThanOrEqual(0.8)
  })

  test('is that of the labels before they were settled', () => {
    const before = [{ key: 't1', target: { team: 'billing', urgency: 1 }, labelled_by: 'Ada' }]
    const { tasks } = agreementWith({
      'tier1/second-labels.v1.jsonl': second,
      'tier1/first-labels.v1.jsonl': before,
    })
    expect(tasks[0]?.fields[0]?.differing).toEqual(['t1'])
  })

  test('does not depend on which round came first, nor on the order of the samples', () => {
    const scoring = [
      { path: 'a', targetPath: 'a', weight: 60, scorer: 'equal', options: { aliases: undefined } },
      { path: 'b', targetPath: 'b', weight: 40, scorer: 'set-f1', options: { aliases: undefined } },
    ] as const
    const label = fc.record({
      a: fc.constantFrom('x', 'y', null),
      b: fc.array(fc.constantFrom('p', 'q', 'r'), { maxLength: 3 }),
    })
    fc.assert(
      fc.property(fc.array(fc.tuple(label, label), { minLength: 1, maxLength: 8 }), (labels) => {
        const pairs = labels.map(([one, other], index) => ({ key: `k${index}`, first: one, second: other }))
        const swapped = pairs.map((pair) => ({ key: pair.key, first: pair.second, second: pair.first }))
        const task = { scoring: [...scoring] }
        const expected = taskAgreement(task, pairs)
        expect(taskAgreement(task, pairs.toReversed())).toEqual(expected)
        const values = (fields: typeof expected) =>
          fields.map(({ measures, differing }) => [measures[0]?.value, differing])
        for (const [index, value] of values(taskAgreement(task, swapped)).entries()) {
          expect(value[0]).toBeCloseTo(Number(values(expected)[index]?.[0]), 9)
          expect(value[1]).toEqual(values(expected)[index]?.[1])
        }
      }),
      { numRuns: 20 },
    )
  })

  test('is refused where nothing was labelled twice, and for labels that are none', () => {
    expect(refusalOf(() => agreementWith({}))).toContain('second-labels.v1.jsonl')
    const broken = {
      'tier1/second-labels.v1.jsonl': [
        { ...second[0], key: 't99' },
        { key: 't1', target: { team: 'x' } },
      ],
    }
    const refusal = refusalOf(() => agreementWith(broken))
    expect(refusal).toContain('second-labels.v1.jsonl:2: at labelled_by')
    expect(refusal).toContain('second-labels.v1.jsonl:1: expected the key of a sample of v1, got "t99"')
    expect(checkDataset(writtenFolder({ ...smallDataset(), ...broken }), undefined).problems).toHaveLength(2)
  })
})
