import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { GenerateRequest, Provider } from '../../src/providers/provider.ts'
import { geminiFaults } from '../support/loopback-gemini.ts'
import { ollamaFaults } from '../support/loopback-ollama.ts'
import { openAiFaults } from '../support/loopback-openai.ts'
import { aRequest } from '../support/loopback-request.ts'
import { type Loopback, type Script, transportFaults } from '../support/loopback-server.ts'
import {
  cases,
  check,
  failed,
  gemini,
  type Outcome,
  ollama,
  openAi,
  scriptOf,
  transport,
} from '../support/provider-faults.ts'

for (const { name, faults, start, provider, modelId } of cases) {
  describe(`a fault of ${name} is told for what it is:`, () => {
    let server: Loopback<never>
    beforeAll(async () => {
      server = await start()
    })
    afterAll(() => server.close())

    for (const [fault, expected] of Object.entries({ ...transport, ...faults })) {
      test(`${fault} is ${'kind' in expected ? `"${expected.kind}"` : 'an answer'}`, async () => {
        server.change(scriptOf(fault))
        const request = aRequest({ modelId, timeoutMs: fault === 'hang' ? 300 : 5_000 })
        check(await outcomeOf(provider(server.url), request), expected)
      })
    }

    test('no server at all is "unreachable", and may be there later', async () => {
      const closed = await start()
      await closed.close()
      check(await outcomeOf(provider(closed.url), aRequest({ modelId })), failed('unreachable', true))
    })

    test('an abort ends a call within milliseconds, with the reason of the abort', async () => {
      server.change({ fault: 'hang' } as Script<never>)
      const controller = new AbortController()
      const before = server.questions.length
      const reason = new Error('stopped by hand')
      const call = provider(server.url).generate(
        aRequest({ modelId, signal: controller.signal, answerSchema: undefined }),
      )
      await expect.poll(() => server.questions.length, { interval: 5 }).toBeGreaterThan(before)
      const abortedMs = performance.now()
      controller.abort(reason)
      await expect(call).rejects.toBe(reason)
      expect(performance.now() - abortedMs).toBeLessThan(100)
    })
  })
}

function outcomeOf(provider: Provider, request: GenerateRequest): Promise<Outcome> {
  return provider.generate(request).then(
    (generated) => ({ generated }),
    (error: unknown) => ({ error }),
  )
}

test('every transport fault and every fault of a protocol is in the tables', () => {
  expect(Object.keys(transport)).toEqual([...transportFaults])
  expect(Object.keys(gemini)).toHaveLength(geminiFaults.length)
  expect(Object.keys(ollama)).toHaveLength(ollamaFaults.length)
  expect(Object.keys(openAi)).toHaveLength(openAiFaults.length)
})
