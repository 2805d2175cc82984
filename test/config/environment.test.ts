import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { readEnvironment } from '../../src/config/environment.ts'
import { emptyFolder, linesOfError } from './config-folder.ts'

function environmentWith(dotEnv: string, own: Record<string, string>): Record<string, string | undefined> {
  const folder = emptyFolder()
  writeFileSync(join(folder, '.env'), dotEnv)
  return readEnvironment(folder, own)
}

describe('the environment', () => {
  test('takes from .env what the process does not have', () => {
    const environment = environmentWith('# keys\nA=from-file\nexport B="with spaces" # note\n\nC=\'x#y\'\r\n', {
      A: 'own',
    })
    expect(environment).toEqual({ A: 'own', B: 'with spaces', C: 'x#y' })
  })

  test('lets an empty variable of the process switch one of .env off', () => {
    expect(environmentWith('A=from-file', { A: '' }).A).toBe('')
  })

  test('works without .env, and with one that begins with a byte order mark', () => {
    expect(readEnvironment(emptyFolder(), { A: 'own' })).toEqual({ A: 'own' })
    expect(environmentWith('\uFEFFA=1', {})).toEqual({ A: '1' })
  })

  test('names a .env that cannot be read', () => {
    const folder = emptyFolder()
    mkdirSync(join(folder, '.env'))
    expect(linesOfError(() => readEnvironment(folder, {}))[0]).toContain(join(folder, '.env'))
  })
})
