import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import type { ExportedOutcome } from '../../src/reporting/exported-outcome.ts'
import { type Place, runIncumbent, temporaryFolder } from '../support/run-incumbent.ts'
import { onEmbedded } from '../support/test-databases.ts'

onEmbedded((databases) => {
  const cwd = temporaryFolder()
  let place: Place

  beforeAll(async () => {
    writeFileSync(join(cwd, 'incumbent.yaml'), 'tiers: { 2: none, 3: none }\n')
    place = { cwd, database: await databases.place() }
    const { code, stderr } = await runIncumbent(place, 'run', '--dataset', 'v0')
    if (code !== 0) throw new Error(stderr)
  })

  test('prints one outcome a line, and nothing else', async () => {
    const { stdout, stderr, code } = await runIncumbent(place, 'export', '--models', 'rules-basic', '--inputs')
    const outcomes = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as ExportedOutcome)
    expect({ code, stderr, lines: outcomes.length }).toEqual({ code: 0, stderr: '', lines: 12 })
    expect(Object.keys(outcomes[0]?.input ?? {})).toContain('title')
    expect(outcomes.every(({ expected }) => expected !== null)).toBe(true)
  })

  test('writes a whole file', async () => {
    const { stderr, stdout } = await runIncumbent(place, 'export', '--format', 'json', '--output', 'outcomes.json')
    expect({ stdout, stderr }).toEqual({ stdout: '', stderr: '24 outcomes in outcomes.json\n' })
    expect(JSON.parse(readFileSync(join(cwd, 'outcomes.json'), 'utf8'))).toHaveLength(24)
    expect(existsSync(join(cwd, 'outcomes.json.unfinished'))).toBe(false)
  })

  test('says what it could not do, and leaves no part of a file', async () => {
    const nowhere = await runIncumbent(place, 'export', '--output', 'missing/outcomes.jsonl')
    expect(nowhere.code).toBe(1)
    expect(nowhere.stderr).toMatch(/^Could not write .*missing\/outcomes\.jsonl: ENOENT/)
    const unknown = await runIncumbent(place, 'export', '--evaluation', 'zzzz', '--output', 'none.jsonl')
    expect(unknown.code).toBe(2)
    expect(existsSync(join(cwd, 'none.jsonl'))).toBe(false)
    const strange = await runIncumbent(place, 'export', '--since', '2026-02-30')
    expect(strange.code).toBe(2)
    expect(strange.stderr).toContain('expected a day such as 2026-11-01, got "2026-02-30"')
    const nothing = await runIncumbent(place, 'export', '--tier', '3')
    expect(nothing).toEqual({ code: 0, stdout: '', stderr: 'There is no such outcome.\n' })
  })
})
