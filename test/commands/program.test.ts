import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { runIncumbent, spawnIncumbent, temporaryFolder } from '../support/run-incumbent.ts'

describe('incumbent without a command', () => {
  const cwd = temporaryFolder()
  const place = { cwd, database: { url: undefined, home: `${cwd}/home` } }
  const manifest = resolve(import.meta.dirname, '../../package.json')
  const { version } = JSON.parse(readFileSync(manifest, 'utf8')) as { version: string }

  test('says its version', async () => {
    for (const flag of ['--version', '-V']) {
      expect(await spawnIncumbent(place, flag)).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' })
    }
  })

  test('--help names every command', async () => {
    const { code, stdout } = await runIncumbent(place, '--help')
    expect(code).toBe(0)
    for (const name of ['init', 'run', 'resume', 'status', 'recommend', 'report', 'models', 'datasets', 'db']) {
      expect(stdout).toMatch(new RegExp(`^  ${name} `, 'm'))
    }
  })

  test('a word that is no command is wrong use', async () => {
    const { code, stderr } = await spawnIncumbent(place, 'rnu')
    expect(code).toBe(2)
    expect(stderr).toContain('rnu')
  })
})
