import { describe, expect, test } from 'vitest'
import { loadDatasetVersion } from '../../src/datasets/load-dataset-version.ts'
import { loadGoldenSet } from '../../src/tasks/load-golden-set.ts'
import { loadTask } from '../../src/tasks/load-task.ts'
import { refusalOf } from '../datasets/refusal-of.ts'
import { smallDataset, writtenFolder } from '../datasets/written-dataset.ts'

type Changes = Parameters<typeof smallDataset>[0]

function goldenWith(changes: Changes) {
  const folder = writtenFolder(smallDataset(changes))
  return loadGoldenSet(loadDatasetVersion(folder), loadTask(`${folder}/tier1`))
}

function hashWith(changes: Changes): string {
  return goldenWith(changes).hash
}

const samples = smallDataset()['v1/samples.jsonl'] as { key: string; input: object }[]
const targets = smallDataset()['tier1/targets.v1.jsonl'] as { key: string; target: object; verified_by: string }[]
const points = {
  'tier1/answer.schema.json': {
    type: 'object',
    properties: {
      kind: { type: 'string', enum: ['a', 'b'] },
      says: { type: 'array', items: { type: 'string' } },
      scale: { type: 'string' },
    },
  },
  'tier1/task.yaml': `name: t
title: t
description: d
maxOutputTokens: 9
scoring:
  - { path: kind, scorer: equal, weight: 40 }
  - { path: says, scorer: points-covered, weight: 40 }
  - { path: scale, scorer: ordinal, levels: [low, high], weight: 20 }
`,
  'tier1/target.schema.json': { type: 'object', required: ['kind'], properties: { says: { type: 'array' } } },
}

describe('a golden set', () => {
  test('joins samples with targets and tells which samples have none', () => {
    const golden = goldenWith({ 'tier1/targets.v1.jsonl': targets.slice(2) })
    expect(golden.samples.map(({ key }) => key)).toEqual(targets.slice(2).map(({ key }) => key))
    expect(golden.unlabelled).toEqual(['t1', 't2'])
    expect(golden.targets.get('t3')).toEqual({
      key: 't3',
      target: { team: 'identity', urgency: 3 },
      notes: undefined,
      verifiedBy: 'Ada',
    })
  })

  test('has a hash that notes, names, categories, tags, order and unlabelled samples do not change', () => {
    const other = { notes: 'other', category: 'x', complexity: 'complex', tags: ['messy'] }
    const renamed = samples.map((sample) => ({ ...sample, ...other }))
    const others = targets.map((target) => ({ ...target, notes: 'why', verified_by: 'Bob' }))
    const more = { key: 'more', input: { title: 'a', text: 'b' } }
    const changed = hashWith({
      'v1/samples.jsonl': [more, ...renamed.toReversed()],
      'tier1/targets.v1.jsonl': others.toReversed(),
    })
    expect(changed).toBe(hashWith({}))
    expect(changed).toMatch(/^[0-9a-f]{64}$/)
  })

  test.each<[string, Changes]>([
    [
      'an input',
      { 'v1/samples.jsonl': samples.map((sample) => ({ ...sample, input: { ...sample.input, title: 'x' } })) },
    ],
    ['a cluster', { 'v1/samples.jsonl': samples.map((sample) => ({ ...sample, cluster: 'x' })) }],
    [
      'a target',
      { 'tier1/targets.v1.jsonl': targets.map((line) => ({ ...line, target: { ...line.target, urgency: 1 } })) },
    ],
    ['which samples are labelled', { 'tier1/targets.v1.jsonl': targets.slice(1) }],
  ])('has another hash when %s changes', (_what, changes) => {
    expect(hashWith(changes)).not.toBe(hashWith({}))
  })

  test('is refused with every wrong line of the targets', () => {
    const lines = [
      { key: 't1', target: { team: 'sales', urgency: 1 } },
      { key: 't2', target: { team: 'billing', urgency: 'high' } },
      { key: 't3', target: { tema: 'billing' } },
      { key: 't44', target: { team: 'billing' } },
      { key: 't5', target: 'billing' },
      { key: 't1', target: { team: 'billing' } },
      { key: 't6', target: { team: 'billing' }, verified: 'Ada' },
    ]
    const message = refusalOf(() => goldenWith({ 'tier1/targets.v1.jsonl': lines }))
    expect(message).toContain(
      'targets.v1.jsonl:1: in the target, at team: expected one of the listed values, got "sales"',
    )
    expect(message).toContain('targets.v1.jsonl:2: in the target, at urgency: expected')
    expect(message).toContain('targets.v1.jsonl:3: in the target, at the top level: got the unknown key "tema"')
    expect(message).toContain('targets.v1.jsonl:4: expected the key of a sample of v1, got "t44" (did you mean "t4"')
    expect(message).toContain('targets.v1.jsonl:5: at target: expected an object, got "billing"')
    expect(message).toContain('targets.v1.jsonl:6: the key "t1" stands already on line 1')
    expect(message).toContain('targets.v1.jsonl:7: at verified: ')
  })

  test('is refused for a placeholder that no sample fills, with its line', () => {
    const prompt = '# System\nx\n# User\n{{title}}\n{{txet}} {{schema}}\n'
    const message = refusalOf(() => goldenWith({ 'tier1/prompt.md': prompt }))
    expect(message).toContain('prompt.md:5: expected a key of the input (title, text, schema), got {{txet}}')
  })

  test('without a file of targets for the version says so', () => {
    const message = refusalOf(() => goldenWith({ 'tier1/targets.v1.jsonl': undefined }))
    expect(message).toContain('targets.v1.jsonl: expected the targets of "tickets-core" for tickets@v1')
  })

  test('need not have every field of an answer in every target', () => {
    expect(goldenWith({ 'tier1/targets.v1.jsonl': [{ key: 't1', target: {} }] }).samples).toHaveLength(1)
  })
})

describe('targets with a schema of their own', () => {
  test.each([
    [{ says: [] }, 'expected the key "kind", which is missing'],
    [{ kind: 'c' }, 'at kind: expected one of the listed values, got "c"'],
    [{ kind: 'a', says: ['text'] }, 'at says: [0]: expected'],
    [{ kind: 'a', says: [{ point: 'p', phrasings: [] }] }, 'at says: [0].phrasings: expected'],
    [{ kind: 'a', says: [{ point: 'p', phrasings: ['…'] }] }, 'expected a phrasing with at least one word'],
    [{ kind: 'a', scale: 'middle' }, 'at scale: expected one of low, high, got "middle"'],
    [{ kind: ['a'] }, 'at kind: expected text, a number, true or false, got a list'],
  ])('%j is refused', (target, reason) => {
    const message = refusalOf(() => goldenWith({ ...points, 'tier1/targets.v1.jsonl': [{ key: 't1', target }] }))
    expect(message).toContain('targets.v1.jsonl:1: in the target, ')
    expect(message).toContain(reason)
  })

  test('hold phrasings where the answer holds texts', () => {
    const target = { kind: 'a', says: [{ point: 'p', phrasings: ['one', 'two'] }], scale: 'High' }
    const golden = goldenWith({ ...points, 'tier1/targets.v1.jsonl': [{ key: 't1', target }] })
    expect(golden.targets.get('t1')?.target).toEqual(target)
  })
})
