import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { createOllamaProvider } from '../../src/providers/ollama/create-ollama-provider.ts'
import { aRequest } from '../support/loopback-request.ts'

const script = join(import.meta.dirname, '../support/loopback-ollama.ts')

describe('a loopback server as a process of its own', () => {
  test('prints its address, does as its command line says, can be changed, and ends with its parent', async () => {
    const child = spawn(process.execPath, [script, '--latency', '20', '--fault', '503', '--fault-every', '2'])
    const [line] = (await once(child.stdout, 'data')) as [Buffer]
    const url = line.toString('utf8').trim()
    const provider = createOllamaProvider({ baseUrl: url })
    const ask = () =>
      provider.generate(aRequest({ modelId: 'tiny' })).then(
        () => 'answer',
        (error: Error) => error.name,
      )
    expect([await ask(), await ask(), await ask()]).toEqual(['answer', 'ProviderError', 'answer'])
    await fetch(`${url}/loopback/script`, { method: 'POST', body: JSON.stringify({ latencyMs: 0 }) })
    expect([await ask(), await ask()]).toEqual(['answer', 'answer'])
    expect(await (await fetch(`${url}/loopback/state`)).json()).toMatchObject({ calls: 5, inFlight: 0, maxInFlight: 1 })
    const closed = once(child, 'close')
    child.stdin.end()
    expect(await closed).toEqual([0, null])
  })
})
