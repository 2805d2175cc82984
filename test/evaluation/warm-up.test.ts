import { expect, test } from 'vitest'
import { warmUp } from '../../src/evaluation/warm-up.ts'
import { type Generated, type GenerateRequest, type Provider, ProviderError } from '../../src/providers/provider.ts'
import { aRequest } from '../support/loopback-request.ts'

const overloaded = () => Promise.reject(new ProviderError('overloaded', 'still loading'))

/** Notes what it is asked. */
function providerThat({ probe, generate = () => Promise.resolve({} as Generated) }: Partial<Provider>) {
  const asked: string[] = []
  const noting =
    <T>(what: string, call: (request: GenerateRequest) => Promise<T>) =>
    (request: GenerateRequest) => {
      asked.push(what)
      return call(request)
    }
  const provider: Provider = {
    kind: 'openai',
    generate: noting('question', generate),
    listModels: () => Promise.resolve([]),
    ...(probe === undefined ? {} : { probe: noting('probe', probe) }),
  }
  return { asked, provider }
}

test.each([
  ['the probe alone, where it took a call', { probe: () => Promise.resolve(true) }, ['probe']],
  ['a question, where the server is known', { probe: () => Promise.resolve(false) }, ['probe', 'question']],
  ['a question, where there is nothing to probe', {}, ['question']],
  ['a question, where the server does not take the probe yet', { probe: overloaded }, ['probe', 'question']],
  ['whatever comes of it', { generate: overloaded }, ['question']],
])('a model is loaded by %s', async (_way, answers, expected) => {
  const { asked, provider } = providerThat(answers)
  await warmUp(provider, aRequest())
  expect(asked).toEqual(expected)
})

test('an abort ends it', async () => {
  const stop = new Error('stopped')
  const { provider } = providerThat({ generate: () => Promise.reject(stop) })
  await expect(warmUp(provider, aRequest())).rejects.toBe(stop)
})
