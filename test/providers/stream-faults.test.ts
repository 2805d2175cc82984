import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ProviderError } from '../../src/providers/provider.ts'
import { aRequest } from '../support/loopback-request.ts'
import type { Loopback, Script } from '../support/loopback-server.ts'
import { type StreamFault, streamFaults } from '../support/loopback-stream.ts'
import { cases, check, type Expected, failed, said, scriptOf, transport } from '../support/provider-faults.ts'
import { readStream, textOf } from '../support/read-stream.ts'

/** What becomes of a stream that goes wrong when half of it is out. */
const midStream: Record<StreamFault, Expected> = {
  'reset-mid-stream': failed('unreachable', true),
  'hang-mid-stream': failed('timeout', false, { says: /only a part of its answer within 0\.3 s/ }),
  'end-mid-stream': failed('unreachable', true, { says: /broke off/ }),
  'cut-event': failed('unreachable', true, { says: /broke off/ }),
  'error-mid-stream': failed('overloaded', true),
}

/** Only the end of such thoughts tells that they were any: see the test of the collector. */
const isUnseenThinker = (name: string, fault: string) => name.startsWith('an OpenAI') && fault === 'inline-thinking'

for (const { name, faults, start, provider, modelId } of cases) {
  describe(`a fault of ${name} is told for what it is, also in a stream:`, () => {
    let server: Loopback<never>
    beforeAll(async () => {
      server = await start()
    })
    afterAll(() => server.close())

    for (const [fault, expected] of Object.entries({ ...transport, ...faults })) {
      test.skipIf(isUnseenThinker(name, fault))(
        `${fault} is ${'kind' in expected ? `"${expected.kind}"` : 'an answer'}`,
        async () => {
          server.change(scriptOf(fault))
          const request = aRequest({ modelId, timeoutMs: fault === 'hang' ? 300 : 5_000 })
          const { pieces, generated, error } = await readStream(provider(server.url), request)
          check(generated === undefined ? { error } : { generated }, expected)
          if (generated !== undefined) expect(textOf(pieces)).toBe(generated.text)
          if (error instanceof ProviderError) expect(error.isMidStream).toBe(pieces.length > 0)
        },
      )
    }

    for (const fault of streamFaults) {
      test(`${fault} is told, and that a part of the answer is out`, async () => {
        server.change(scriptOf(fault))
        const request = aRequest({ modelId, timeoutMs: fault === 'hang-mid-stream' ? 300 : 5_000 })
        const { pieces, error } = await readStream(provider(server.url), request)
        check({ error }, midStream[fault])
        expect(error).toMatchObject({ isMidStream: true })
        expect(said.startsWith(textOf(pieces)) && pieces.length > 1).toBe(true)
      })
    }

    test('no server at all is "unreachable" before the first piece', async () => {
      const closed = await start()
      await closed.close()
      const { error } = await readStream(provider(closed.url), aRequest({ modelId }))
      check({ error }, failed('unreachable', true))
      expect(error).toMatchObject({ isMidStream: false })
    })

    const slowly = { fault: undefined, answer: said, pieceDelayMs: 15 } as Script<never>

    test('an abort in mid-stream ends it within milliseconds with its reason, and closes the connection', async () => {
      server.change(slowly)
      const controller = new AbortController()
      const before = server.abandoned()
      const reason = new Error('the client went away')
      const stream = provider(server.url).stream?.(
        aRequest({ modelId, answerSchema: undefined, signal: controller.signal }),
      )
      await stream?.next()
      const next = stream?.next()
      const abortedMs = performance.now()
      controller.abort(reason)
      await expect(next).rejects.toBe(reason)
      expect(performance.now() - abortedMs).toBeLessThan(50)
      await expect.poll(() => server.abandoned(), { interval: 2 }).toBe(before + 1)
      server.change({ pieceDelayMs: 0 } as Script<never>)
    })

    test('whoever stops reading closes the connection, and the next question is answered', async () => {
      server.change(slowly)
      const before = server.abandoned()
      const asked = provider(server.url)
      for await (const piece of asked.stream?.(aRequest({ modelId, answerSchema: undefined })) ?? []) {
        expect(piece.kind).toBe('text')
        break
      }
      await expect.poll(() => server.abandoned(), { interval: 2 }).toBe(before + 1)
      server.change({ pieceDelayMs: 0 } as Script<never>)
      const { generated } = await readStream(asked, aRequest({ modelId, answerSchema: undefined }))
      expect(generated?.text).toBe(said)
    })
  })
}
