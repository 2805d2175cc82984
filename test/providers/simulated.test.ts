import { describe, expect, test } from 'vitest'
import type { GenerateRequest } from '../../src/providers/provider.ts'
import { createSimulatedProvider, type SimulatedBehaviour } from '../../src/providers/simulated.ts'
import type { JsonObject } from '../../src/shared/json.ts'
import { schemaErrors } from '../../src/tasks/schema-errors.ts'
import { readStream, textOf } from '../support/read-stream.ts'

const answer = { skills: ['welding', 'forklift'], authentic: true, salary: { min: 20, max: null } }
const sampleKeys = Array.from({ length: 300 }, (_, index) => `s${index}`)
const answerBook = new Map([['core', new Map<string, JsonObject>(sampleKeys.map((key) => [key, answer]))]])

function provider(behaviour: Partial<SimulatedBehaviour>, seed = 1) {
  const stated = { errorRate: 0, latencyMs: 800, failureRate: 0, tokens: { input: 900, output: 120 }, ...behaviour }
  return createSimulatedProvider({ answerBook, behaviours: new Map([['sim-a', stated]]), seed })
}

function request(key: string, repeat = 0): GenerateRequest {
  return {
    modelId: 'sim-a',
    messages: [{ role: 'user', content: 'the posting' }],
    answerSchema: undefined,
    maxOutputTokens: 100,
    temperature: 0,
    seed: undefined,
    timeoutMs: 1000,
    signal: new AbortController().signal,
    sample: { key, task: 'core', input: {}, repeat },
  }
}

describe('simulated models', () => {
  test('with no error give the right answer and their stated tokens, and never sleep', async () => {
    const started = performance.now()
    const generated = await provider({ latencyMs: 60_000 }).generate(request('s0'))
    expect(JSON.parse(generated.text)).toEqual(answer)
    expect(generated.usage).toMatchObject({ inputTokens: 900, outputTokens: 120 })
    expect(generated.timing.totalMs).toBeGreaterThan(20_000)
    expect(performance.now() - started).toBeLessThan(5_000)
  })

  test('give the same answer to the same request, and other repeats of it differ', async () => {
    const one = provider({ errorRate: 0.5 })
    const texts = await Promise.all(
      [0, 0, 1, 2, 3].map(async (repeat) => (await one.generate(request('s1', repeat))).text),
    )
    expect(texts[0]).toBe(texts[1])
    expect(new Set(texts).size).toBeGreaterThan(1)
  })

  test('give the same answers wherever their golden data lies', async () => {
    const texts = ['/home/one/golden-datasets/jobs/tier1', '/srv/two/golden-datasets/jobs/tier1'].map(async (task) => {
      const answers = new Map([[task, new Map<string, JsonObject>([['s1', answer]])]])
      const stated = { errorRate: 0.5, latencyMs: 800, failureRate: 0, tokens: { input: 900, output: 120 } }
      const one = createSimulatedProvider({ answerBook: answers, behaviours: new Map([['sim-a', stated]]), seed: 1 })
      const asked = request('s1')
      return (await one.generate({ ...asked, sample: { key: 's1', task, input: {}, repeat: 0 } })).text
    })
    const [first, second] = await Promise.all(texts)
    expect(first).toBe(second)
  })

  test('err and fail about as often as stated', async () => {
    const failing = provider({ failureRate: 0.2 })
    const results = await Promise.allSettled(sampleKeys.map((key) => failing.generate(request(key))))
    const failures = results.filter(({ status }) => status === 'rejected').length
    expect(failures / sampleKeys.length).toBeGreaterThan(0.12)
    expect(failures / sampleKeys.length).toBeLessThan(0.28)

    const erring = provider({ errorRate: 0.3 })
    const leaves = (await Promise.all(sampleKeys.map((key) => erring.generate(request(key))))).map(
      ({ text }) => (JSON.parse(text) as typeof answer).authentic,
    )
    const wrong = leaves.filter((authentic) => !authentic).length / leaves.length
    expect(wrong).toBeGreaterThan(0.2)
    expect(wrong).toBeLessThan(0.4)
  })

  test('err within the schema that they are asked for', async () => {
    const answerSchema: JsonObject = {
      type: 'object',
      properties: {
        industry: { type: 'string', enum: ['retail', 'education', 'other'] },
        seniority: { type: ['string', 'null'], enum: ['entry', 'senior', null] },
        urgency: { type: 'integer', minimum: 1, maximum: 5 },
        salary: { type: ['number', 'null'] },
      },
    }
    const right: JsonObject = { industry: 'other', seniority: null, urgency: 4, salary: null }
    const book = new Map([['core', new Map([['s0', right]])]])
    const stated = { errorRate: 1, latencyMs: 1, failureRate: 0, tokens: { input: 1, output: 1 } }
    for (const seed of [1, 2, 3, 4, 5, 6]) {
      const erring = createSimulatedProvider({ answerBook: book, behaviours: new Map([['sim-a', stated]]), seed })
      const { text } = await erring.generate({ ...request('s0'), answerSchema })
      expect(schemaErrors(answerSchema, JSON.parse(text) as JsonObject)).toEqual([])
    }
  })

  test('a model that is not in the book of behaviours is not found', async () => {
    await expect(provider({}).generate({ ...request('s0'), modelId: 'sim-b' })).rejects.toMatchObject({
      kind: 'model-not-found',
    })
  })
})

describe('a request of an application to simulated models', () => {
  const chat = (content: string, otherwise: Partial<GenerateRequest> = {}): GenerateRequest => ({
    ...request('s0'),
    sample: undefined,
    messages: [{ role: 'user', content }],
    ...otherwise,
  })

  test('gets an answer of the form it asks for, always the same, and is told that it is none to what it says', async () => {
    const asked = chat('Hello', { answerSchema: { type: 'object', required: ['skills', 'salary'] } })
    const [first, second] = [
      await provider({ errorRate: 0.5 }).generate(asked),
      await provider({ errorRate: 0.5 }).generate(asked),
    ]
    expect(first).toEqual(second)
    expect(Object.keys(JSON.parse(first.text))).toEqual(Object.keys(answer))
    expect(first.warnings.join()).toMatch(/not one to this conversation/)
  })

  test('is refused where no answer has that form, and where it brings tools', async () => {
    const other = chat('Hello', { answerSchema: { type: 'object', required: ['colour'] } })
    await expect(provider({}).generate(other)).rejects.toMatchObject({ kind: 'invalid-request' })
    const tools = [{ name: 'weather', description: undefined, parameters: undefined }]
    await expect(provider({}).generate(chat('Hello', { tools }))).rejects.toThrow(/call no tools/)
  })

  test('streams, and fails as often as stated before the first piece', async () => {
    const { pieces, generated } = await readStream(provider({}), chat('Hello'))
    expect(pieces.length).toBeGreaterThan(1)
    expect(textOf(pieces)).toBe(generated?.text)
    expect(generated?.timing.firstTokenMs).toBeLessThan(generated?.timing.totalMs ?? 0)
    expect((await readStream(provider({ failureRate: 1 }), chat('Hello'))).error).toMatchObject({ kind: 'timeout' })
  })
})
