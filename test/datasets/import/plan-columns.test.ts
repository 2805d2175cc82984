import { describe, expect, test } from 'vitest'
import type { ColumnChoices } from '../../../src/datasets/import/column-plan.ts'
import { planColumns } from '../../../src/datasets/import/plan-columns.ts'
import type { JsonObject } from '../../../src/shared/json.ts'
import { refusalOf } from '../refusal-of.ts'

function planOf(cells: JsonObject, choices: Partial<ColumnChoices> = {}) {
  const rows = { columns: Object.keys(cells), rows: [{ line: 1, cells }], bad: [], isTyped: true }
  return planColumns(rows, { targetTier: 'tier1', ...choices })
}

function targetsOf(cells: JsonObject): [string, string, string | undefined][] {
  return planOf({ text: 'x', ...cells }).targets.map(({ column, tier, path }) => [column, tier, path])
}

describe('the columns of a file of one’s own', () => {
  test('with usual names get their usual roles, and the others become the input', () => {
    const plan = planOf({
      ID: 1,
      title: 'a',
      'input.text': 'b',
      category: 'c',
      complexity: 'Simple',
      cluster: 'd',
      notes: 'e',
      verified_by: 'f',
    })
    expect(plan).toMatchObject({
      key: 'ID',
      category: 'category',
      complexity: 'complexity',
      cluster: 'cluster',
      notes: 'notes',
      verifiedBy: 'verified_by',
      inputs: [
        { column: 'title', name: 'title' },
        { column: 'input.text', name: 'text' },
      ],
    })
  })

  test('that name an answer become the target and never the input', () => {
    expect(
      targetsOf({
        'target.a.b': 1,
        'expected.c': 1,
        expected_team: 'x',
        'target_Job Title': 'x',
        label: 'x',
        'Ground Truth': 'x',
        answer: 'x',
        expected_output: { a: 1 },
        tier2_expected_results: { a: 1 },
        'tier3.target.d': 1,
      }),
    ).toEqual([
      ['target.a.b', 'tier1', 'a.b'],
      ['expected.c', 'tier1', 'c'],
      ['expected_team', 'tier1', 'team'],
      ['target_Job Title', 'tier1', 'Job_Title'],
      ['label', 'tier1', 'label'],
      ['Ground Truth', 'tier1', 'Ground_Truth'],
      ['answer', 'tier1', 'answer'],
      ['expected_output', 'tier1', undefined],
      ['tier2_expected_results', 'tier2', undefined],
      ['tier3.target.d', 'tier3', 'd'],
    ])
  })

  test('that hold objects under "input" and "target" are the whole of them', () => {
    expect(planOf({ input: { text: 'x' }, target: '{"a":1}' })).toMatchObject({
      inputs: [{ column: 'input', name: undefined }],
      targets: [{ column: 'target', path: undefined }],
    })
    expect(planOf({ input: 'x', target: 'a' })).toMatchObject({
      inputs: [{ column: 'input', name: 'input' }],
      targets: [{ column: 'target', path: 'target' }],
    })
  })

  test('are what a person says they are, and with --input nothing else is input', () => {
    const plan = planOf(
      { id: 1, body: 'a', queue: 'b', other: 'c', label: 'd' },
      {
        key: 'other',
        inputs: new Map([['body', 'text']]),
        targets: new Map([['queue', 'team.name']]),
        targetTier: 'tier2',
      },
    )
    expect(plan).toMatchObject({
      key: 'other',
      inputs: [{ column: 'body', name: 'text' }],
      targets: [
        { column: 'queue', path: 'team.name', tier: 'tier2' },
        { column: 'label', path: 'label', tier: 'tier2' },
      ],
      leftOut: [{ column: 'id', reason: 'not among the columns of --input' }],
    })
  })

  test('that hold nothing are left out', () => {
    expect(planOf({ text: 'a', empty: null }).leftOut).toEqual([
      { column: 'empty', reason: 'no line has a value in it' },
    ])
  })

  test('called complexity with words of one’s own are left out, with the words that count', () => {
    expect(planOf({ text: 'a', complexity: 'hard' })).toMatchObject({
      complexity: undefined,
      inputs: [{ column: 'text' }],
      leftOut: [{ column: 'complexity', reason: 'it holds other words than simple, moderate, complex' }],
    })
  })

  test('that do not exist are refused with those that do', () => {
    const message = refusalOf(() => planOf({ text: 'a', title: 'b' }, { inputs: new Map([['titel', 'titel']]) }))
    expect(message).toContain('Expected a column of the file (text, title), got "titel". Did you mean "title"?')
  })

  test('of which none can be the input are refused', () => {
    expect(refusalOf(() => planOf({ id: 1, label: 'a' }))).toContain('name it with --input')
  })
})
