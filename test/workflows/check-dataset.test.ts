import { resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { findDatasets } from '../../src/datasets/find-datasets.ts'
import { checkDataset } from '../../src/workflows/check-dataset.ts'
import { listDatasets } from '../../src/workflows/describe-datasets.ts'
import { refusalOf } from '../datasets/refusal-of.ts'
import { smallDataset, writtenFolder } from '../datasets/written-dataset.ts'

type Changes = Parameters<typeof smallDataset>[0]

function checkWith(changes: Changes) {
  return checkDataset(writtenFolder(smallDataset(changes)), undefined)
}

const samples = smallDataset()['v1/samples.jsonl'] as { key: string; input: { text: string } }[]
const targets = smallDataset()['tier1/targets.v1.jsonl'] as { key: string; target: object; verified_by: string }[]

describe('the check of a dataset', () => {
  test('finds no problem in those that come along', () => {
    for (const folder of findDatasets([resolve(import.meta.dirname, '../../golden-datasets')]).values()) {
      expect(checkDataset(folder, undefined).problems).toEqual([])
    }
  })

  test('shows the problems of all files, so that one broken file does not hide another', () => {
    const { problems } = checkWith({
      'v1/samples.jsonl': `${JSON.stringify(samples[0])}\nx\n`,
      'tier2/task.yaml': 'name: t\n',
      'tier1/prompt.md': '# System\n',
    })
    expect(problems.join('\n')).toContain('samples.jsonl:2:')
    expect(problems.join('\n')).toContain('tier1/prompt.md:1:')
    expect(problems.join('\n')).toContain('tier2/answer.schema.json')
  })

  test('shows all of many problems', () => {
    const broken = targets.map((target) => ({ ...target, target: { team: 'x' } }))
    const { problems } = checkWith({ 'tier1/targets.v1.jsonl': [...broken, ...broken] })
    expect(problems).toHaveLength(36)
  })

  test.each<[string, Changes, string]>([
    [
      'too few labels',
      { 'tier1/targets.v1.jsonl': targets.slice(3) },
      '9 labelled samples; a run is refused below 10.',
    ],
    ['few labels', {}, '12 labelled samples; below 100 only large differences'],
    [
      'labels that nobody stands for',
      { 'tier1/targets.v1.jsonl': targets.map(({ verified_by: _who, ...target }) => target) },
      'nobody stands for the label ("verified_by") of "t1", "t2", "t3", "t4", "t5" and 7 more.',
    ],
    [
      'one category that decides the result',
      {
        'v1/samples.jsonl': samples.map((sample, index) => ({
          ...sample,
          category: index < 9 ? 'login' : `c${index}`,
        })),
      },
      '9 of 12 samples are "login"',
    ],
    [
      'samples that say nearly the same',
      {
        'v1/samples.jsonl': samples.map((sample, index) =>
          index > 1 ? sample : { ...sample, input: { title: 'x', text: 'one two three four five six seven' } },
        ),
      },
      '"t1" and "t2" (100 %)',
    ],
    [
      'one input with two targets',
      {
        'v1/samples.jsonl': samples.map((sample, index) =>
          index > 1 ? sample : { ...sample, cluster: 'c', input: { title: 'x', text: 'y' } },
        ),
      },
      'the same input has different targets in "t1" and "t2"',
    ],
    [
      'a target without any scored field',
      { 'tier1/targets.v1.jsonl': targets.map((line, index) => (index > 0 ? line : { ...line, target: {} })) },
      'the target has none of the scored fields for "t1"',
    ],
    [
      'no targets for a version',
      { 'tier1/targets.v1.jsonl': undefined },
      'tickets@v1 has no targets for "tickets-core"',
    ],
    ['a version that nothing lists', { 'v2/samples.jsonl': '' }, 'v2 is not listed in dataset.yaml'],
    ['no task', { 'tier1/task.yaml': undefined }, 'has no task'],
  ])('warns of %s', (_what, changes, warning) => {
    expect(checkWith(changes).warnings.join('\n')).toContain(warning)
  })

  test('warns of a target that not even the perfect answer reaches', () => {
    const points = Array.from({ length: 3 }, (_, index) => ({ point: `p${index}`, phrasings: [`phrase ${index}`] }))
    const { problems, warnings } = checkWith({
      'tier1/answer.schema.json': {
        type: 'object',
        properties: { says: { type: 'array', items: { type: 'string' } } },
      },
      'tier1/target.schema.json': { type: 'object' },
      'tier1/task.yaml':
        'name: t\ntitle: t\ndescription: d\nmaxOutputTokens: 9\nscoring:\n  - { path: says, scorer: points-covered, limit: 2, weight: 100 }\n',
      'tier1/targets.v1.jsonl': [{ key: 't1', target: { says: points }, verified_by: 'Ada' }],
    })
    expect(problems).toEqual([])
    expect(warnings.join('\n')).toContain('even the perfect answer scores less than 100 on "t1"')
  })

  test('refuses a version that the dataset does not have', () => {
    const folder = writtenFolder(smallDataset())
    expect(refusalOf(() => checkDataset(folder, 'v3'))).toContain('lists v1, and no v3')
  })
})

describe('the list of datasets', () => {
  test('has a broken one with its first problem', () => {
    const root = writtenFolder({ 'a/dataset.yaml': 'name: a\n' })
    expect(listDatasets([root])).toMatchObject([{ name: 'a', status: 'broken' }])
  })
})
