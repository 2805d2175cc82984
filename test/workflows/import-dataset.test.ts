import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { loadDatasetVersion } from '../../src/datasets/load-dataset-version.ts'
import { perfectAnswer } from '../../src/scoring/perfect-answer.ts'
import { scoreAnswer } from '../../src/scoring/score-answer.ts'
import { loadGoldenSet } from '../../src/tasks/load-golden-set.ts'
import { loadTask } from '../../src/tasks/load-task.ts'
import { checkDataset } from '../../src/workflows/check-dataset.ts'
import { type ImportRequest, importDataset } from '../../src/workflows/import-dataset.ts'
import { refusalOf } from '../datasets/refusal-of.ts'
import { smallDataset, writtenFolder } from '../datasets/written-dataset.ts'

const header = 'id,title,body,expected_team,target.urgency,expected_tags[]'
const lines = Array.from(
  { length: 12 },
  (_, index) => `${index},T${index},Body ${index},${index % 2 ? 'web' : 'app'},${(index % 4) + 1},a;b`,
)
const csv = `${[header, ...lines].join('\n')}\n`

function importOf(text: string, changes: Partial<ImportRequest> & { fileName?: string } = {}) {
  const { fileName = 'mine.csv', ...request } = changes
  const folder = writtenFolder({ [fileName]: text })
  const root = request.root ?? join(folder, 'golden-datasets')
  const run = (more: Partial<ImportRequest> = {}) =>
    importDataset({
      file: join(folder, fileName),
      root,
      name: 'mine',
      version: undefined,
      columns: { targetTier: 'tier1' },
      skipBad: false,
      dryRun: false,
      ...request,
      ...more,
    })
  return { run, root, file: join(folder, fileName), dataset: join(root, 'mine') }
}

describe('importing a file of one’s own', () => {
  test('makes a dataset that can be run at once', () => {
    const { run, dataset } = importOf(csv)
    expect(run()).toMatchObject({
      version: 'v1',
      isNew: true,
      samples: 12,
      tiers: [{ tier: 'tier1', labelled: 12, isNew: true }],
      leftOut: [],
    })
    const task = loadTask(join(dataset, 'tier1'))
    const golden = loadGoldenSet(loadDatasetVersion(dataset), task)
    expect(golden.samples[3]).toMatchObject({ key: '3', input: { title: 'T3', body: 'Body 3' } })
    expect(golden.targets.get('3')?.target).toEqual({ team: 'web', urgency: 4, tags: ['a', 'b'] })
    for (const { target } of golden.targets.values()) {
      expect(scoreAnswer(task, target, perfectAnswer(task, target)).accuracy).toBe(100)
    }
    expect(checkDataset(dataset, undefined).problems).toEqual([])
  })

  test('takes JSON lines with several tiers under the names of the source document', () => {
    const rows = Array.from({ length: 3 }, (_, index) => ({
      job_id: `j${index}`,
      test_category: 'healthcare',
      job_complexity: 'moderate',
      verified_by: 'Ada',
      input: { text: `posting ${index}` },
      tier1_expected_results: { industry: 'health' },
      tier2_expected_results: { stress: { level: index + 1 } },
    }))
    const { run, dataset } = importOf(rows.map((row) => JSON.stringify(row)).join('\n'), { fileName: 'mine.jsonl' })
    expect(run().tiers.map(({ tier }) => tier)).toEqual(['tier1', 'tier2'])
    const version = loadDatasetVersion(dataset)
    expect(version.samples[0]).toMatchObject({ key: 'j0', category: 'healthcare', complexity: 'moderate' })
    const golden = loadGoldenSet(version, loadTask(join(dataset, 'tier2')))
    expect(golden.targets.get('j2')).toMatchObject({ target: { stress: { level: 3 } }, verifiedBy: 'Ada' })
  })

  test('gives samples without a key one that depends on nothing but the input', () => {
    const keysOf = (text: string) => {
      const { run, dataset } = importOf(text)
      run()
      return loadDatasetVersion(dataset).samples.map(({ key }) => key)
    }
    const keys = keysOf('text,label\na,1\nb,2\n')
    expect(keysOf('text,label\nb,1\na,2\n')).toEqual(keys.toReversed())
    expect(keys[0]).toMatch(/^[0-9a-f]{12}$/)
  })

  test('adds the next version to a dataset and leaves everything else as it was', () => {
    const { run, dataset } = importOf(csv)
    run()
    writeFileSync(join(dataset, 'dataset.yaml'), `# mine\n${readFileSync(join(dataset, 'dataset.yaml'), 'utf8')}`)
    const before = readFileSync(join(dataset, 'v1/samples.jsonl'), 'utf8')
    expect(run()).toMatchObject({
      version: 'v2',
      isNew: false,
      tiers: [{ isNew: false }],
      files: ['v2/samples.jsonl', 'tier1/targets.v2.jsonl'],
    })
    expect(readFileSync(join(dataset, 'v1/samples.jsonl'), 'utf8')).toBe(before)
    expect(readFileSync(join(dataset, 'dataset.yaml'), 'utf8')).toMatch(/^# mine\n/)
    expect(loadDatasetVersion(dataset).version).toBe('v2')
  })

  test('never overwrites a version', () => {
    const { run, dataset } = importOf(csv)
    run()
    expect(refusalOf(() => run({ version: 'v1' }))).toContain('has v1 already, and a version never changes: make v2.')
    writeFileSync(join(dataset, 'tier1/targets.v2.jsonl'), '')
    expect(refusalOf(() => run())).toContain('targets.v2.jsonl exists already')
    expect(readdirSync(dataset).sort()).toEqual(['dataset.yaml', 'tier1', 'v1'])
  })

  test('never writes into a folder that is no dataset', () => {
    const { run, root } = importOf(csv, { root: writtenFolder({ 'mine/notes.txt': 'x' }) })
    expect(refusalOf(run)).toContain('exists already and is no dataset')
    expect(readdirSync(root)).toEqual(['mine'])
  })

  test('reads the targets of a known task as that task wants them, and refuses what it does not allow', () => {
    const root = writtenFolder(
      Object.fromEntries(Object.entries(smallDataset()).map(([path, content]) => [`mine/${path}`, content])),
    )
    const { run, file } = importOf(
      'id,title,text,target.team,target.urgency\n1,a,b,billing,3\n2,a,c,sales,3\n3,a,d,billing,soon\n',
      { root },
    )
    const message = refusalOf(run)
    expect(message).toContain(`${file}:3: in the target, at team: expected one of the listed values, got "sales"`)
    expect(message).toContain(`${file}:4: in the target, at urgency: expected`)
    expect(message).toContain('Nothing was written; --skip-bad leaves these lines out.')
    expect(run({ skipBad: true })).toMatchObject({
      version: 'v2',
      samples: 1,
      leftOut: [{ line: 3 }, { line: 4 }, { line: 4 }],
    })
  })

  test('says which input the prompt of a known task misses', () => {
    const root = writtenFolder(
      Object.fromEntries(Object.entries(smallDataset()).map(([path, content]) => [`mine/${path}`, content])),
    )
    const { run } = importOf('id,title,body,target.team\n1,a,b,billing\n', { root })
    expect(refusalOf(run)).toContain('prompt.md:8: expected a key of the input (title, body, schema), got {{text}}')
    expect(
      run({
        columns: {
          targetTier: 'tier1',
          inputs: new Map([
            ['title', 'title'],
            ['body', 'text'],
          ]),
        },
      }).samples,
    ).toBe(1)
  })

  test('lists every bad line and writes nothing', () => {
    const { run, root, file } = importOf('id,title\n1,a,b\n2\n3,c\n3,d\n4,\n')
    expect(refusalOf(run).split('\n')).toEqual([
      `${file}:2: expected 2 cells as there are columns, got 3`,
      `${file}:3: expected 2 cells as there are columns, got 1`,
      `${file}:5: the key "3" stands already on line 4`,
      `${file}:6: at input: expected an object with at least one key, got an empty one`,
      'Nothing was written; --skip-bad leaves these lines out.',
    ])
    expect(existsSync(root)).toBe(false)
  })

  test('leaves bad lines out when asked to, and says which', () => {
    const { run, dataset } = importOf('id,title\n1,a,b\n3,c\n3,d\n', { skipBad: true })
    expect(run()).toMatchObject({ samples: 1, leftOut: [{ line: 2 }, { line: 4 }] })
    expect(loadDatasetVersion(dataset).samples.map(({ key }) => key)).toEqual(['3'])
  })

  test('refuses a file without any line that can be taken', () => {
    for (const text of ['id,title\n', 'id,title\n1\n', 'id,title\n,\n']) {
      expect(refusalOf(importOf(text, { skipBad: true }).run)).toContain('at least one')
    }
  })

  test('with a trial run writes nothing and says the same', () => {
    const { run, root } = importOf(csv, { dryRun: true })
    expect(run()).toMatchObject({ isWritten: false, samples: 12, version: 'v1' })
    expect(existsSync(root)).toBe(false)
  })

  test('leaves no temporary folder behind', () => {
    const { run, root, dataset } = importOf(csv)
    run()
    run()
    expect(readdirSync(root)).toEqual(['mine'])
    expect(readdirSync(dataset).filter((name) => name.startsWith('.'))).toEqual([])
  })
})
