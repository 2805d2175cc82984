import { beforeEach, describe, expect, test } from 'vitest'
import { type Provider, ProviderError, type ProviderErrorKind } from '../../../../src/providers/provider.ts'
import type { GatewayRequest } from '../../../../src/serving/gateway/answerer.ts'
import { answerByPlan } from '../../../../src/serving/gateway/traffic/answer-by-plan.ts'
import type { AttemptEnd } from '../../../../src/serving/gateway/traffic/attempt.ts'
import { modelUnavailable } from '../../../../src/serving/gateway/traffic/model-unavailable.ts'
import { planForModel, planForSeat } from '../../../../src/serving/gateway/traffic/plan.ts'
import { Cancelled } from '../../../../src/serving/http/cancelled.ts'
import { createFakeClock } from '../../../support/fake-clock.ts'
import { generated, textPieces } from '../../started-service.ts'
import {
  challenger,
  exampleModel,
  exampleRequest,
  exampleRoute,
  exampleRoutes,
  incumbent,
  inPart,
  scripted,
  spare,
  streaming,
} from './examples.ts'

const route = exampleRoute()
const challenged = exampleRoute({ rollout: inPart(1) })

describe('a request is answered', () => {
  let ends: { model: string; number: number; end: AttemptEnd }[]
  let underWay = 0
  beforeEach(() => {
    ends = []
    underWay = 0
  })

  function answer(
    providers: Record<string, Provider>,
    request: Partial<GatewayRequest> = {},
    { plan = planForSeat(exampleRoutes(route), route, 'key'), requestMs = 60_000 } = {},
  ) {
    return answerByPlan(plan, exampleRequest(request), {
      connect({ name }) {
        const provider = providers[name]
        if (provider === undefined) throw modelUnavailable(`${name} has no key`)
        return { provider, timeoutMs: 5_000 }
      },
      slots: {
        enter: () => {
          underWay += 1
          return underWay
        },
        leave: () => {
          underWay -= 1
        },
      },
      clock: createFakeClock(),
      requestMs,
      finished: ({ planned, number }, end) => ends.push({ model: planned.model.name, number, end }),
    })
  }

  const planOfPart = () => planForSeat(exampleRoutes(challenged), challenged, 'key')
  const failing = (kind: ProviderErrorKind, message: string = kind) => scripted(new ProviderError(kind, message))
  const outcomes = () => ends.map(({ model, number, end }) => `${number} ${model}: ${end.outcome}`)

  test('by the holder of the seat, with all that was asked', async () => {
    const holder = scripted(generated({ text: 'Hi' }))
    const answered = await answer({ [incumbent]: holder })
    expect(answered).toMatchObject({
      kind: 'whole',
      generated: { text: 'Hi' },
      servedBy: { model: incumbent, tier: 1, stage: 'none', attempt: 1, rolloutId: undefined },
    })
    expect(holder.asked[0]).toMatchObject({ modelId: incumbent, timeoutMs: 5_000, messages: [{ content: 'Hello' }] })
    expect(outcomes()).toEqual([`1 ${incumbent}: answered`])
    expect(underWay).toBe(0)
  })

  test('by the holder when the challenger fails, and then by the fallbacks', async () => {
    const answered = await answer(
      { [challenger]: failing('overloaded'), [incumbent]: failing('timeout'), [spare]: scripted() },
      {},
      { plan: planOfPart() },
    )
    expect(answered.servedBy).toMatchObject({ model: spare, stage: 'partial', attempt: 3 })
    expect(outcomes()).toEqual([`1 ${challenger}: failed`, `2 ${incumbent}: failed`, `3 ${spare}: answered`])
  })

  test('by the holder when the provider blocks the answer of the challenger', async () => {
    const blocked = scripted(generated({ text: '', finishReason: { unified: 'blocked', raw: 'SAFETY' } }))
    const answered = await answer({ [challenger]: blocked, [incumbent]: scripted() }, {}, { plan: planOfPart() })
    expect(answered.servedBy.model).toBe(incumbent)
    expect(ends[0]?.end).toMatchObject({ outcome: 'failed', failureKind: 'blocked' })
  })

  test('by nobody else when the holder blocks it: nobody looks for a model that says it', async () => {
    const other = scripted()
    await expect(answer({ [incumbent]: failing('blocked'), [spare]: other })).rejects.toThrow('blocked')
    expect(other.asked).toHaveLength(0)
  })

  test('by the next when a provider has no key, which is no attempt', async () => {
    expect((await answer({ [spare]: scripted() })).servedBy).toMatchObject({ model: spare, attempt: 2 })
    expect(outcomes()).toEqual([`2 ${spare}: answered`])
  })

  test('not at all when all fail: then with what the last one said', async () => {
    const all = { [incumbent]: failing('overloaded', 'first'), [spare]: failing('unreachable', 'last') }
    await expect(answer(all)).rejects.toThrow('last')
    expect(underWay).toBe(0)
  })

  test('not at all when all fail, and what a model said tells more than that one has no key', async () => {
    await expect(answer({ [incumbent]: failing('overloaded', 'first') })).rejects.toThrow('first')
  })

  test('with only the model that was asked by its name', async () => {
    const plan = planForModel(exampleModel(incumbent))
    const other = scripted()
    await expect(answer({ [incumbent]: failing('overloaded'), [spare]: other }, {}, { plan })).rejects.toThrow()
    expect(other.asked).toHaveLength(0)
  })

  describe('and what counts against a model', () => {
    test('is no call that was never made, because of our own limits or because it is known to be in vain', async () => {
      const refused = new ProviderError('rate-limited', 'later')
      refused.attempts = 0
      await answer({ [incumbent]: scripted(refused), [spare]: scripted() })
      expect(outcomes()).toEqual([`2 ${spare}: answered`])
    })

    test('is no request that all models refuse', async () => {
      await expect(
        answer({ [incumbent]: failing('invalid-request'), [spare]: failing('invalid-request') }),
      ).rejects.toThrow()
      expect(ends).toEqual([])
    })

    test('is a request that it refuses and another one answers', async () => {
      await answer({ [incumbent]: failing('invalid-request'), [spare]: scripted() })
      expect(outcomes().toSorted()).toEqual([`1 ${incumbent}: failed`, `2 ${spare}: answered`])
    })

    test('is no time that our own limits took', async () => {
      const error = new ProviderError('overloaded', 'busy')
      error.waitedMs = 1e9
      await answer({ [incumbent]: scripted(error), [spare]: scripted() })
      expect(ends[0]?.end.latencyMs).toBe(0)
    })

    test('is no client that went away', async () => {
      const client = new AbortController()
      const gone = new Cancelled('client-gone')
      const holder = scripted(() => {
        client.abort(gone)
        throw gone
      })
      const other = scripted()
      const asked = answer({ [incumbent]: holder, [spare]: other }, { signal: client.signal })
      await expect(asked).rejects.toBe(gone)
      expect(outcomes()).toEqual([`1 ${incumbent}: cancelled`])
      expect(other.asked).toHaveLength(0)
    })

    test('is no time-out of what was left of the time for all attempts', async () => {
      const holder = scripted(({ timeoutMs }) => {
        throw new ProviderError('timeout', `nothing within ${timeoutMs}`)
      })
      await expect(answer({ [incumbent]: holder, [spare]: holder }, {}, { requestMs: 100 })).rejects.toMatchObject({
        kind: 'timeout',
      })
      expect(holder.asked[0]?.timeoutMs).toBeLessThanOrEqual(100)
      expect(ends).toEqual([])
    }, 5_000)

    test('is a fault of our own adapter too, and the next model answers', async () => {
      expect((await answer({ [incumbent]: scripted(new TypeError('x')), [spare]: scripted() })).servedBy.attempt).toBe(
        2,
      )
      expect(ends[0]?.end).toMatchObject({ outcome: 'failed', failureKind: undefined })
    })
  })

  describe('as a stream', () => {
    const wantsStream = true
    const broken = new ProviderError('unreachable', 'reset')

    test('piece by piece, and is counted when it has ended', async () => {
      const answered = await answer({ [incumbent]: streaming(textPieces('a', 'b')) }, { wantsStream })
      if (answered.kind !== 'stream') throw new Error('no stream')
      expect(ends).toEqual([])
      expect(underWay).toBe(1)
      const pieces = []
      for await (const piece of answered.pieces) pieces.push(piece)
      expect(pieces).toEqual(textPieces('a', 'b'))
      expect(ends[0]?.end).toMatchObject({ outcome: 'answered', firstTokenMs: expect.any(Number) as number })
      expect(underWay).toBe(0)
    })

    test('by the next model when the first fails before its first piece', async () => {
      const answered = await answer(
        { [incumbent]: streaming([], broken), [spare]: streaming(textPieces('a')) },
        { wantsStream },
      )
      expect(answered.servedBy.model).toBe(spare)
      expect(outcomes()).toEqual([`1 ${incumbent}: failed`])
    })

    test('by nobody else when it breaks after a piece went out', async () => {
      const other = scripted()
      const answered = await answer(
        { [incumbent]: streaming(textPieces('a'), broken), [spare]: other },
        { wantsStream },
      )
      if (answered.kind !== 'stream') throw new Error('no stream')
      await answered.pieces.next()
      await expect(answered.pieces.next()).rejects.toBe(broken)
      expect(outcomes()).toEqual([`1 ${incumbent}: failed`])
      expect(other.asked).toHaveLength(0)
    })

    test('and is cancelled, not failed, when nobody wants the rest, even before the first piece was taken', async () => {
      for (const taken of [0, 1]) {
        const answered = await answer({ [incumbent]: streaming(textPieces('a', 'b')) }, { wantsStream })
        if (answered.kind !== 'stream') throw new Error('no stream')
        if (taken === 1) await answered.pieces.next()
        await answered.pieces.return(undefined as never)
        expect(ends.pop()?.end.outcome).toBe('cancelled')
        expect(underWay).toBe(0)
      }
    })

    test('as a whole by a model that does not stream, or has nothing to say', async () => {
      expect((await answer({ [incumbent]: scripted() }, { wantsStream })).kind).toBe('whole')
      expect((await answer({ [incumbent]: streaming([]) }, { wantsStream })).kind).toBe('whole')
    })
  })
})
