import { describe, expect, test } from 'vitest'
import { ProviderError } from '../../../../src/providers/provider.ts'
import type { Answered, Answerer, GatewayRequest } from '../../../../src/serving/gateway/answerer.ts'
import { watchSilence } from '../../../../src/serving/gateway/traffic/silence-watch.ts'

function watched() {
  let nowMs = 0
  let failure: unknown
  const told: string[] = []
  const answer: Answerer = () =>
    failure === undefined ? Promise.resolve({ servedBy: { tier: 1 } } as Answered) : Promise.reject(failure)
  const asked = watchSilence(answer, {
    tierOf: (name) => (name === 'tier-1' ? 1 : undefined),
    now: () => new Date(nowMs),
    raise: (tier, { failures }, wasTold) => {
      told.push(`tier ${tier} is silent after ${failures}`)
      wasTold()
    },
    resolve: (tier) => told.push(`tier ${tier} answers`),
  })
  return {
    told,
    ask: async (times: number, error?: unknown, model = 'tier-1'): Promise<void> => {
      failure = error
      for (let time = 0; time < times; time += 1) {
        nowMs += 10_000
        const signal = new AbortController().signal
        await asked({ model, signal } as GatewayRequest).catch(() => undefined)
      }
    },
  }
}

const unreachable = new ProviderError('unreachable', 'connect ECONNREFUSED')

describe('a tier that answers nobody', () => {
  test('is told of once, and again when it answers', async () => {
    const { told, ask } = watched()
    await ask(20, unreachable)
    expect(told).toEqual(['tier 1 is silent after 5'])
    await ask(3)
    expect(told).toEqual(['tier 1 is silent after 5', 'tier 1 answers'])
    await ask(20, unreachable)
    expect(told).toHaveLength(3)
  })

  test('is told of as answering with the first answer after a start: an alert of before may be open', async () => {
    const { told, ask } = watched()
    await ask(5)
    expect(told).toEqual(['tier 1 answers'])
  })

  test('is no tier whose callers ask wrong, or that fails now and then, nor a model that is asked by its name', async () => {
    const { told, ask } = watched()
    await ask(1)
    await ask(20, new ProviderError('invalid-request', 'no such parameter'))
    await ask(20, unreachable, 'some-model')
    for (let hour = 0; hour < 10; hour += 1) {
      await ask(4, unreachable)
      await ask(1)
    }
    expect(told).toEqual(['tier 1 answers'])
  })
})
