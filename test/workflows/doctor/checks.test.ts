import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { Connection } from '../../../src/workflows/connect-providers.ts'
import { checkFolder, judgeRoom } from '../../../src/workflows/doctor/check-folders.ts'
import { checkProviders } from '../../../src/workflows/doctor/check-providers.ts'
import { exampleModel } from '../../serving/gateway/traffic/examples.ts'
import { temporaryFolder } from '../../support/run-incumbent.ts'

describe('the disk', () => {
  const folder = temporaryFolder()

  test('a folder that is not there yet is judged by the one in which it will be made', () => {
    expect(checkFolder('disk', join(folder, 'not/yet'))).toMatchObject({ part: 'disk', status: 'good', remedy: null })
  })

  test('less than a gigabyte is a warning, and less than 100 MB a problem', () => {
    expect(judgeRoom('disk', folder, 2e9).status).toBe('good')
    expect(judgeRoom('disk', folder, 5e8)).toMatchObject({ status: 'warning', words: `0.5\u202fGB free in ${folder}` })
    expect(judgeRoom('disk', folder, 5e7).status).toBe('problem')
  })

  test('a place that nothing can be written into is a problem', () => {
    const file = join(folder, 'a-file')
    writeFileSync(file, '', { mode: 0o400 })
    expect(checkFolder('disk', file)).toMatchObject({ status: 'problem', words: `${file} cannot be written` })
  })
})

describe('a provider', () => {
  const gemini = exampleModel('held')
  const settings = { ...providerSettings(), name: gemini.provider }
  const found = (connection: Connection, models = [gemini]) =>
    checkProviders([settings], models, new Map([[gemini.provider, connection]]))[0]
  const ready = (ids: string[]): Connection => ({
    status: 'ready',
    provider: { kind: 'gemini' } as never,
    models: ids.map((id) => ({ id })) as never,
  })

  test('that answers and has the models is good', () => {
    expect(found(ready([gemini.providerModelId]))).toMatchObject({ status: 'good', remedy: null })
  })

  test('that no longer lists a model of a tier is a warning which names the model and the command', () => {
    const check = found(ready(['another']))
    expect(check).toMatchObject({ status: 'warning', words: `it answers, and does not list ${gemini.providerModelId}` })
    expect(check?.remedy).toContain('npx incumbent models discover')
  })

  test('that is away is a problem only where a tier asks it', () => {
    const away: Connection = { status: 'unavailable', reason: 'the connection was refused', remedy: 'Start it' }
    expect(found(away)).toMatchObject({
      status: 'problem',
      words: 'the connection was refused (1 model cannot be asked)',
      remedy: 'Start it',
    })
    expect(found(away, [])).toMatchObject({ status: 'unused', remedy: null })
  })
})

function providerSettings() {
  return {
    kind: 'gemini' as const,
    apiKey: undefined,
    baseUrl: undefined,
    requestsPerMinute: undefined,
    tokensPerMinute: undefined,
    requestsPerDay: undefined,
    concurrency: 1,
    timeoutMs: 1000,
    seed: 1,
  }
}
