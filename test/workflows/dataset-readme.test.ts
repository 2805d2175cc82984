import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { currentReadme, writeReadme } from '../../src/workflows/dataset-readme.ts'
import { datasetTables } from '../../src/workflows/dataset-tables.ts'
import { smallDataset, writtenFolder } from '../datasets/written-dataset.ts'

function folderWith(readme: string, more: Record<string, string | object> = {}): string {
  const samples = (smallDataset()['v1/samples.jsonl'] as object[]).map((sample, index) => ({
    ...sample,
    tags: index === 0 ? ['messy', 'country:NZ'] : ['country:AT'],
  }))
  return writtenFolder({ ...smallDataset(), 'v1/samples.jsonl': samples, 'README.md': readme, ...more })
}

function place(kind: string, version = 'v1'): string {
  return `<!-- generated: ${kind} ${version} -->\nold\n<!-- end of generated -->`
}

describe('the generated tables of a README', () => {
  test('are filled in their places, and everything else stays as it is', async () => {
    const folder = folderWith(`# Mine\n\n${place('samples')}\n\nText with $& and $1.\n\n${place('answers')}\n`)
    expect(await writeReadme(folder)).toMatchObject({ isChanged: true })
    expect(readFileSync(join(folder, 'README.md'), 'utf8')).toBe(`# Mine

<!-- generated: samples v1 -->
| by | samples |
|---|---|
| complexity | simple 12 |
| length | under 150 words 12 |
| category | login 6, refund 6 |
| country | AT 11, NZ 1 |
| tag | messy 1 |
<!-- end of generated -->

Text with $& and $1.

<!-- generated: answers v1 -->
| tier | field | answers |
|---|---|---|
| tickets-core | \`team\` | billing 6, identity 6 |
| tickets-core | \`urgency\` | 1: 3, 2: 3, 3: 2, 4: 2, 5: 2 |
<!-- end of generated -->
`)
    expect(await writeReadme(folder)).toMatchObject({ isChanged: false })
  })

  test('tell when the data has changed since', async () => {
    const folder = folderWith(place('samples'))
    await writeReadme(folder)
    writeFileSync(join(folder, 'v1/samples.jsonl'), '{"key":"t1","category":"x","input":{"title":"a","text":"b"}}\n')
    writeFileSync(join(folder, 'tier1/targets.v1.jsonl'), '{"key":"t1","target":{"team":"billing"}}\n')
    const { before, after } = await currentReadme(folder)
    expect(after).not.toBe(before)
    expect(after).toContain('| category | x 1 |')
  })

  test('say so where there is nothing to show yet', async () => {
    const folder = folderWith(`${place('agreement')}\n${place('baselines')}`)
    await writeReadme(folder)
    expect(readFileSync(join(folder, 'README.md'), 'utf8').match(/Nothing yet\./g)).toHaveLength(2)
  })

  test('show the agreement of two rounds of labels', async () => {
    const targets = smallDataset()['tier1/targets.v1.jsonl'] as { key: string; target: object }[]
    const second = targets.map(({ key, target }) => ({ key, target, labelled_by: 'Bob' }))
    const { agreement } = await datasetTables(folderWith('', { 'tier1/second-labels.v1.jsonl': second }), 'v1')
    expect(agreement.rows[0]).toEqual(['tickets-core', '`team`', 'kappa', '1.00', '1.00 to 1.00', '0 of 12'])
  })

  test.each([
    ['a table that does not exist', place('colours'), 'expected one of the tables samples, answers'],
    ['a version that does not exist', place('samples', 'v9'), 'v9'],
    ['no place at all', '# Mine\n', '<!-- generated: samples v1 -->'],
  ])('are refused for %s', async (_what, readme, message) => {
    await expect(currentReadme(folderWith(readme))).rejects.toThrow(message)
  })
})
