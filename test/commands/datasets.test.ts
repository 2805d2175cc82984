import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { smallDataset, writtenFolder } from '../datasets/written-dataset.ts'
import { finished, runIncumbent } from '../support/run-incumbent.ts'

function placeWith(files: Record<string, string | object>) {
  const cwd = writtenFolder(files)
  return { cwd, database: { url: undefined, home: join(cwd, 'home') } }
}

function small(changes: Parameters<typeof smallDataset>[0] = {}): Record<string, string | object> {
  const files = Object.entries(smallDataset(changes))
  return Object.fromEntries(files.map(([path, content]) => [`golden-datasets/tickets/${path}`, content]))
}

describe('incumbent datasets', () => {
  test('lists datasets of one’s own beside those that come along', async () => {
    const place = placeWith(small())
    const list = await runIncumbent(place, 'datasets', 'list')
    expect(list.stdout).toMatch(/job-analysis {2}v/)
    expect(list.stdout).toMatch(/tickets +v1 +12 {2}tickets-core 12/)
    const json = await runIncumbent(place, 'datasets', 'list', '--json')
    const { datasets } = JSON.parse(json.stdout) as { datasets: { name: string; newest: { samples: number } }[] }
    expect(datasets.find(({ name }) => name === 'tickets')?.newest.samples).toBe(12)
    expect([list.code, json.code]).toEqual([0, 0])
  })

  test('check exits with 0 for a sound dataset, 1 for a broken one and 2 for none', async () => {
    const sound = await runIncumbent(placeWith(small()), 'datasets', 'check', 'tickets@golden_v1')
    expect(sound).toMatchObject({ code: 0, stderr: '' })
    expect(sound.stdout).toContain('tickets v1: 0 problems, 1 warning\n  ! ')
    const broken = placeWith(small({ 'tier1/targets.v1.jsonl': 'x\ny\n' }))
    const checked = await runIncumbent(broken, 'datasets', 'check', 'tickets', '--json')
    expect(checked).toMatchObject({ code: 1, stderr: '2 problems.\n' })
    expect(JSON.parse(checked.stdout)).toMatchObject({
      checks: [
        {
          dataset: 'tickets',
          problems: [expect.stringContaining('targets.v1.jsonl:1: '), expect.stringContaining(':2: ')],
        },
      ],
    })
    const none = await runIncumbent(broken, 'datasets', 'check', 'tickts')
    expect(none).toMatchObject({ code: 2, stdout: '' })
    expect(none.stderr).toContain('Did you mean "tickets"?')
  })

  test('stats shows what a version holds', async () => {
    const { stdout, code } = await runIncumbent(placeWith(small()), 'datasets', 'stats', 'tickets')
    expect(code).toBe(0)
    expect(stdout).toContain('tickets@v1: 12 samples, of 11 to 11 words (median 11)')
    expect(stdout).toMatch(/login +6\n/)
    expect(stdout).toMatch(/tickets-core +12 +0 {2}[0-9a-f]{12} {2}Ada \(12\)/)
  })

  test('stats says how small a difference it can detect, and what is missing for a smaller one', async () => {
    const place = placeWith(small())
    const { stdout, stderr } = await runIncumbent(place, 'datasets', 'stats', 'tickets', '--difference', '2')
    expect(stdout).toMatch(/tickets-core +12 +3 +12\.8 +24\.9 +397 +1,529 {2}assumed, all or nothing/)
    expect(stderr).toBe('')
    expect(existsSync(place.database.home)).toBe(false)
    const wrong = await runIncumbent(place, 'datasets', 'stats', 'tickets', '--difference', '0')
    expect(wrong).toMatchObject({ code: 2, stdout: '' })
    const unreadable = { ...place, environment: { DATABASE_URL: 'nonsense' } }
    const json = await runIncumbent(unreadable, 'datasets', 'stats', 'tickets', '--json')
    expect(json.stderr).toContain('Stored runs were not looked at')
    expect(JSON.parse(json.stdout)).toMatchObject({
      datasets: [{ detectable: [{ samples: 12, repeats: 3 }, {}, {}, {}] }],
    })
  })

  test('agreement shows how far two rounds of labels agree', async () => {
    const targets = smallDataset()['tier1/targets.v1.jsonl'] as { key: string; target: object }[]
    const again = targets.map(({ key, target }, index) => ({
      key,
      target: index === 0 ? { team: 'billing', urgency: 1 } : target,
      labelled_by: 'Bob',
    }))
    const place = placeWith(small({ 'tier1/second-labels.v1.jsonl': again }))
    const { stdout, code } = await runIncumbent(place, 'datasets', 'agreement', 'tickets')
    expect(code).toBe(0)
    expect(stdout).toContain('tickets-core: 12 samples labelled twice')
    expect(stdout).toMatch(/team +kappa +0\.83 {2}0\.\d\d to 1\.00 +1\n/)
    expect(stdout).toMatch(/urgency +weighted kappa +1\.00 {2}1\.00 to 1\.00 +0\n/)
    expect(stdout).toContain('team differs in t1')
    const json = await runIncumbent(place, 'datasets', 'agreement', 'tickets@v1', '--json')
    expect(JSON.parse(json.stdout)).toMatchObject({ tasks: [{ fields: [{ differing: ['t1'] }, { differing: [] }] }] })
    const once = await runIncumbent(placeWith(small()), 'datasets', 'agreement', 'tickets')
    expect(once).toMatchObject({ code: 2, stdout: '' })
    expect(once.stderr).toContain('tickets@v1 was labelled once.')
  })

  test('describe prints tables for a README, or writes them into it', async () => {
    const readme = '<!-- generated: samples v1 -->\n<!-- end of generated -->\n'
    const place = placeWith(small({ 'README.md': readme }))
    const printed = await runIncumbent(place, 'datasets', 'describe', 'tickets')
    expect(printed).toMatchObject({ code: 0, stderr: '' })
    expect(printed.stdout).toContain('| category | login 6, refund 6 |')
    const written = await runIncumbent(place, 'datasets', 'describe', 'tickets', '--write')
    expect(written.stdout).toContain('README.md is written anew.')
    const path = join(place.cwd, 'golden-datasets/tickets/README.md')
    expect(readFileSync(path, 'utf8')).toContain('| category | login 6, refund 6 |')
    const json = await runIncumbent(place, 'datasets', 'describe', 'tickets', '--json')
    expect(JSON.parse(json.stdout)).toMatchObject({ samples: { columns: ['by', 'samples'] } })
  })

  test('review shows each label and takes what is piped in', async () => {
    const place = placeWith(small())
    const review = ['datasets', 'review', 'tickets', '--by', 'Bob', '--tier', '1']
    const entry = resolve(import.meta.dirname, '../../bin/incumbent.js')
    const child = spawn(process.execPath, [entry, ...review], { cwd: place.cwd, env: { PATH: process.env.PATH } })
    const result = finished(child)
    child.stdin.end('\nurgency = 99999x\nurgency = 4\n\ns\n')
    const { code, stdout } = await result
    expect(code).toBe(0)
    expect(stdout).toContain('━━ t1 ━━\ntitle: Ticket 1\ntext: The customer of case 1')
    expect(stdout).toContain('Tickets (1 of 12)\n  team = "identity"\n  urgency = 1')
    expect(stdout).toContain('Not taken: expected JSON after "="')
    expect(stdout).toContain('tickets@v1: 1 accepted, 1 corrected, 1 skipped, 9 left.')
    expect(stdout).toContain('Corrections wait in a draft of v2')
    const made = await runIncumbent(place, ...review.slice(0, 5), '--finish')
    expect(made).toMatchObject({ code: 0, stdout: 'Made v2 of the corrections.\n' })
    const nobody = await runIncumbent(place, 'datasets', 'review', 'tickets', '--by', ' ')
    expect(nobody).toMatchObject({ code: 2, stdout: '' })
  })

  test('import says what it mapped, what it left out and how to go on', async () => {
    const lines = Array.from({ length: 12 }, (_, index) => `${index},Text ${index},${index % 2 ? 'a' : 'b'},`)
    const place = placeWith({ 'mine.csv': `nr,body,queue,empty\n${lines.join('\n')}\n12,x,a,,more\n` })
    const importMine = [
      'datasets',
      'import',
      'mine.csv',
      '--name',
      'mine',
      '--key',
      'nr',
      '--input',
      'text=body',
      '--target',
      'team=queue',
    ]
    const refused = await runIncumbent(place, ...importMine)
    expect(refused).toMatchObject({ code: 2, stdout: '' })
    expect(refused.stderr).toContain('mine.csv:14: expected 4 cells as there are columns, got 5')
    expect(existsSync(join(place.cwd, 'golden-datasets'))).toBe(false)
    const { stdout, code } = await runIncumbent(place, ...importMine, '--skip-bad')
    expect(code).toBe(0)
    expect(stdout).toMatch(/input\.text +← body/)
    expect(stdout).toMatch(/tier1\.target\.team +← queue/)
    expect(stdout).toContain('column "empty": no line has a value in it')
    expect(stdout).toContain('mine.csv:14:')
    expect(stdout).toContain('1: { task: golden-datasets/mine/tier1, dataset: mine }')
    expect(await runIncumbent(place, 'datasets', 'check', 'mine')).toMatchObject({ code: 0 })
  })

  test('import refuses names and columns that are none', async () => {
    const place = placeWith({ 'mine.csv': 'id,text\n1,a\n' })
    const wrongName = await runIncumbent(place, 'datasets', 'import', 'mine.csv', '--name', '../up')
    expect(wrongName).toMatchObject({ code: 2 })
    expect(wrongName.stderr).toContain('lower-case letters, digits and hyphens')
    const wrongColumn = await runIncumbent(place, 'datasets', 'import', 'mine.csv', '--name', 'mine', '--key', 'idd')
    expect(wrongColumn.stderr).toContain('got "idd"')
    expect(await runIncumbent(place, 'datasets', 'import', 'mine.csv')).toMatchObject({ code: 2 })
  })
})
