import { beforeEach, describe, expect, test } from 'vitest'
import { type Generated, type Provider, ProviderError } from '../../../../src/providers/provider.ts'
import type { Attempt, AttemptEnd } from '../../../../src/serving/gateway/traffic/attempt.ts'
import { createProviderSlots } from '../../../../src/serving/gateway/traffic/provider-slots.ts'
import { createShadowCopies } from '../../../../src/serving/gateway/traffic/shadow-copies.ts'
import { createFakeClock, settled } from '../../../support/fake-clock.ts'
import { generated } from '../../started-service.ts'
import { challenger, exampleAttempt, exampleModel, exampleRoute, inShadow, scripted } from './examples.ts'

const route = exampleRoute({ rollout: inShadow() })
const attempt = exampleAttempt(route)
const place = `${challenger}-provider`

describe('copies of requests go to the challenger of a shadow', () => {
  let ends: { copy: Attempt; end: AttemptEnd; answer: Generated | undefined }[]
  let isBusy: boolean
  let isAllowed: boolean
  let drawn: number
  beforeEach(() => {
    ends = []
    isBusy = false
    isAllowed = true
    drawn = 0
  })

  function open(provider: Provider, { slots = createProviderSlots(() => undefined), mostRunning = 2 } = {}) {
    return createShadowCopies({
      modelOf: (name) => exampleModel(name),
      connect: () => ({ provider, timeoutMs: 1_000 }),
      slots,
      budget: { allows: () => isAllowed },
      isBusy: () => isBusy,
      random: () => drawn,
      clock: createFakeClock(),
      finished: (copy, end, answer) => ends.push({ copy, end, answer }),
      mostRunning,
      mostWaiting: 3,
    })
  }

  /** Answers when the test says so. */
  function slow() {
    const asked: PromiseWithResolvers<Generated>[] = []
    const provider = scripted(({ signal }) => {
      const next = Promise.withResolvers<Generated>()
      signal.addEventListener('abort', () => next.reject(signal.reason as Error))
      asked.push(next)
      return next.promise
    })
    return { provider, asked }
  }

  test('with all that was asked, as a first attempt of its arm', async () => {
    const provider = scripted(generated({ text: 'copy' }))
    expect(open(provider).offer(attempt, generated())).toBe(true)
    await settled()
    expect(provider.asked[0]).toMatchObject({ modelId: challenger, messages: [{ content: 'Hello' }] })
    expect(ends[0]).toMatchObject({
      copy: { number: 1, planned: { model: { name: challenger }, arm: 'challenger' } },
      end: { outcome: 'answered', generated: { text: 'copy' } },
      answer: { text: 'Hello!' },
    })
  })

  test('a failure is kept, and harms nobody', async () => {
    open(scripted(new ProviderError('overloaded', 'busy'))).offer(attempt, undefined)
    await settled()
    expect(ends[0]?.end).toMatchObject({ outcome: 'failed', failureKind: 'overloaded' })
  })

  test('for the share of the requests that was set', () => {
    const half = {
      ...inShadow(),
      settings: { ...inShadow().settings, shadow: { ...inShadow().settings.shadow, share: 0.5 } },
    }
    const copies = open(scripted())
    drawn = 0.5
    expect(copies.offer(exampleAttempt(exampleRoute({ rollout: half })), undefined)).toBe(false)
    drawn = 0.49
    expect(copies.offer(exampleAttempt(exampleRoute({ rollout: half })), undefined)).toBe(true)
  })

  test('only so many at once, and only so many wait; the others are left out', async () => {
    const { provider, asked } = slow()
    const copies = open(provider)
    const taken = Array.from({ length: 7 }, () => copies.offer(attempt, undefined))
    expect(taken).toEqual([true, true, true, true, true, false, false])
    expect(copies.counts()).toEqual({ waiting: 3, running: 2, made: 0, dropped: 2 })
    asked[0]?.resolve(generated())
    await settled()
    expect(copies.counts()).toMatchObject({ waiting: 2, running: 2, made: 1 })
  })

  test('none while the service is busy, and none over the limit of the day', () => {
    const copies = open(scripted())
    isBusy = true
    expect(copies.offer(attempt, undefined)).toBe(false)
    isBusy = false
    isAllowed = false
    expect(copies.offer(attempt, undefined)).toBe(false)
    expect(copies.counts().dropped).toBe(2)
  })

  test('the time to load a model that another one has put out of memory does not count', async () => {
    const timing = { totalMs: 9_000, firstTokenMs: undefined, loadMs: 8_000, queueMs: undefined }
    open(scripted(generated({ timing }))).offer(attempt, undefined)
    await settled()
    expect(ends[0]?.end.latencyMs).toBe(1_000)
  })

  test('end with the service, and count for nothing then', async () => {
    const { provider } = slow()
    const copies = open(provider)
    copies.offer(attempt, undefined)
    copies.stop()
    await settled()
    expect(ends).toEqual([])
  })

  describe('of a computer of one’s own', () => {
    test('only in slots that applications leave free', async () => {
      const slots = createProviderSlots(() => 2)
      const { provider, asked } = slow()
      const copies = open(provider, { slots })
      slots.enter(place)
      copies.offer(attempt, undefined)
      copies.offer(attempt, undefined)
      expect(copies.counts()).toMatchObject({ waiting: 1, running: 1 })
      slots.leave(place)
      copies.startWaiting()
      expect(copies.counts()).toMatchObject({ waiting: 0, running: 2 })
      expect(asked).toHaveLength(2)
    })

    test('and give their slot up when an application needs it', async () => {
      const slots = createProviderSlots(() => 1)
      const { provider } = slow()
      const copies = open(provider, { slots })
      copies.offer(attempt, undefined)
      slots.enter(place)
      await settled()
      expect(copies.counts()).toEqual({ waiting: 0, running: 0, made: 0, dropped: 1 })
      expect(ends).toEqual([])
    })
  })
})
