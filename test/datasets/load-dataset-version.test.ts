import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { loadDatasetVersion } from '../../src/datasets/load-dataset-version.ts'
import { refusalOf } from './refusal-of.ts'
import { smallDataset, writtenFolder } from './written-dataset.ts'

function refusalWith(samples: string): { message: string; file: string } {
  const folder = writtenFolder(smallDataset({ 'v1/samples.jsonl': samples }))
  return { message: refusalOf(() => loadDatasetVersion(folder)), file: join(folder, 'v1/samples.jsonl') }
}

const good = '{"key":"a","input":{"text":"x"}}'

describe('a version of a dataset', () => {
  test('gives its samples with category, complexity, cluster, notes and tags, and without any target', () => {
    const folder = writtenFolder(
      smallDataset({
        'v1/samples.jsonl': [
          {
            key: 'a',
            category: 'c',
            complexity: 'complex',
            cluster: 'k',
            notes: 'n',
            tags: ['messy', 'fraud:fake-cheque'],
            input: { text: 'x', tags: ['y'] },
          },
          { key: 'b', input: { text: 'z' } },
        ],
      }),
    )
    const { name, version, samples } = loadDatasetVersion(folder)
    expect([name, version]).toEqual(['tickets', 'v1'])
    expect(samples).toEqual([
      {
        key: 'a',
        category: 'c',
        complexity: 'complex',
        cluster: 'k',
        notes: 'n',
        tags: ['messy', 'fraud:fake-cheque'],
        input: { text: 'x', tags: ['y'] },
      },
      {
        key: 'b',
        category: undefined,
        complexity: undefined,
        cluster: undefined,
        notes: undefined,
        input: { text: 'z' },
      },
    ])
  })

  test.each([
    ['["two words"]', 'expected a tag such as messy or fraud:reshipping, got "two words"'],
    ['["messy","messy"]', 'a tag stands here twice'],
  ])('takes no tags that no table could show: %s', (tags, message) => {
    expect(refusalWith(`{"key":"a","tags":${tags},"input":{"text":"x"}}\n`).message).toContain(message)
  })

  test('is the one with the highest number when none is named', () => {
    const versions = ['v2', 'v10', 'v9'].map((version) => `  - { version: ${version}, description: x }`).join('\n')
    const description = `name: tickets\ntitle: t\ndescription: d\nlicence: l\nmade_by: m\nversions:\n${versions}\n`
    const folder = writtenFolder(smallDataset({ 'dataset.yaml': description, 'v10/samples.jsonl': `${good}\n` }))
    expect(loadDatasetVersion(folder).version).toBe('v10')
  })

  test('takes a byte order mark, Windows line ends and empty lines', () => {
    const folder = writtenFolder(smallDataset())
    writeFileSync(join(folder, 'v1/samples.jsonl'), `\uFEFF${good}\r\n\r\n{"key":"b","input":{"text":"y"}}\r\n\r\n`)
    expect(loadDatasetVersion(folder).samples.map(({ key }) => key)).toEqual(['a', 'b'])
  })

  test('reports every broken line at once, with file and line', () => {
    const { message, file } = refusalWith(
      `${good}\nnot json\n["a"]\n{"key":"b"}\n{"key":1,"input":{"text":"x"}}\n${good}\n`,
    )
    const lines = message.split('\n')
    expect(lines).toHaveLength(5)
    expect(lines[0]).toContain(`${file}:2: expected one JSON object on the line`)
    expect(lines[1]).toContain(`${file}:3: expected one JSON object on the line, got a list`)
    expect(lines[2]).toContain(`${file}:4: at input: expected an object, got nothing`)
    expect(lines[3]).toContain(`${file}:5: at key: expected text, got 1`)
    expect(lines[4]).toContain(`${file}:6: the key "a" stands already on line 1`)
  })

  test('shows the first twenty problems and counts the others', () => {
    const { message } = refusalWith('no\n'.repeat(25))
    expect(message.split('\n')).toHaveLength(21)
    expect(message).toContain('and 5 more')
  })

  test('says what was probably meant by an unknown key or complexity', () => {
    expect(refusalWith('{"key":"a","catagory":"x","input":{"t":"x"}}').message).toContain('did you mean "category"')
    expect(refusalWith('{"key":"a","complexity":"simpel","input":{"t":"x"}}').message).toContain(
      'did you mean "simple"',
    )
  })

  test.each([' a', 'a ', '', 'a\\nb', 'a\\u0000'])('refuses the key "%s"', (key) => {
    expect(refusalWith(`{"key":"${key}","input":{"t":"x"}}`).message).toContain(':1: at key:')
  })

  test('an input says something', () => {
    expect(refusalWith('{"key":"a","input":{}}').message).toContain('at least one key')
  })

  test('that does not exist is refused with those that do', () => {
    const folder = writtenFolder(smallDataset())
    expect(refusalOf(() => loadDatasetVersion(folder, 'v7'))).toContain('it lists v1')
  })

  test('whose files are missing, or not UTF-8, is refused by their names', () => {
    const folder = writtenFolder(smallDataset({ 'v1/samples.jsonl': undefined }))
    expect(refusalOf(() => loadDatasetVersion(folder))).toContain('samples.jsonl: expected a file here')
    const other = writtenFolder(smallDataset())
    writeFileSync(join(other, 'v1/samples.jsonl'), Buffer.from([0x7b, 0xff, 0xfe]))
    expect(refusalOf(() => loadDatasetVersion(other))).toContain('UTF-8')
  })

  test('dataset.yaml names what is missing or wrong with its line', () => {
    const description =
      'name: Tickets\ntitle: t\ndescription: d\nlicense: l\nmade_by: m\nversions:\n  - { version: 1, description: x }\n'
    const folder = writtenFolder(smallDataset({ 'dataset.yaml': description }))
    const message = refusalOf(() => loadDatasetVersion(folder))
    expect(message).toContain('dataset.yaml:1: at name: expected lower-case letters')
    expect(message).toContain('dataset.yaml:4: at license: ')
    expect(message).toContain('did you mean "licence"')
    expect(message).toContain('dataset.yaml:7: at versions[0].version: ')
  })
})
