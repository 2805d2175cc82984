import { describe, expect, test } from 'vitest'
import type { GenerateRequest } from '../../../src/providers/provider.ts'
import { createRulesProvider } from '../../../src/providers/rules/create-rules-provider.ts'
import type { JsonObject } from '../../../src/shared/json.ts'

const rules: JsonObject = {
  read: ['text'],
  models: {
    'rules-basic': { skills: { rule: 'list', from: { SQL: [] }, match: 'names' } },
    'rules-thorough': { skills: { rule: 'list', from: { SQL: ['queries'] }, match: 'both' } },
  },
}
const provider = createRulesProvider(new Map([['demo', rules]]))

function request(changes: Partial<GenerateRequest> = {}): GenerateRequest {
  return {
    modelId: 'rules-basic',
    messages: [],
    answerSchema: undefined,
    maxOutputTokens: 100,
    temperature: 0,
    seed: undefined,
    timeoutMs: 1000,
    signal: new AbortController().signal,
    sample: { key: 's', task: 'demo', input: { text: 'Write queries' }, repeat: 0 },
    ...changes,
  }
}

describe('the provider of the baselines', () => {
  test('answers with JSON by the rules of the model that is asked', async () => {
    expect((await provider.generate(request())).text).toBe('{"skills":[]}')
    expect((await provider.generate(request({ modelId: 'rules-thorough' }))).text).toBe('{"skills":["SQL"]}')
  })

  test('answers the same input always the same way', async () => {
    const first = await provider.generate(request())
    const second = await provider.generate(
      request({ sample: { key: 't', task: 'demo', input: { text: 'Write queries' }, repeat: 1 } }),
    )
    expect(second.text).toBe(first.text)
  })

  test('uses no tokens, so it states none; measures its own time; names the version of its rules', async () => {
    const { usage, timing, finishReason, modelVersion, warnings } = await provider.generate(request())
    expect(Object.values(usage)).toEqual([undefined, undefined, undefined, undefined])
    expect(timing.totalMs).toBeGreaterThanOrEqual(0)
    expect(timing.totalMs).toBeLessThan(1000)
    expect(finishReason.unified).toBe('stop')
    expect(warnings).toEqual([])
    const changed = createRulesProvider(new Map([['demo', { ...rules, read: ['title'] }]]))
    expect((await changed.generate(request())).modelVersion).not.toBe(modelVersion)
  })

  test('lists the models of all tasks once', async () => {
    expect((await provider.listModels()).map(({ id }) => id)).toEqual(['rules-basic', 'rules-thorough'])
    expect(await createRulesProvider(new Map()).listModels()).toEqual([])
  })

  test('says which models and tasks it knows when it is asked for another', async () => {
    await expect(provider.generate(request({ modelId: 'rules-best' }))).rejects.toMatchObject({
      kind: 'model-not-found',
      message: 'rules.yaml of the task "demo" has no model "rules-best", but rules-basic, rules-thorough.',
    })
    const sample = { key: 's', task: 'other', input: {}, repeat: 0 }
    await expect(provider.generate(request({ sample }))).rejects.toMatchObject({
      kind: 'invalid-request',
      isRetryable: false,
    })
    await expect(provider.generate(request({ sample: undefined }))).rejects.toMatchObject({ kind: 'invalid-request' })
  })

  test('rejects with the reason of an abort', async () => {
    const reason = new Error('enough')
    await expect(provider.generate(request({ signal: AbortSignal.abort(reason) }))).rejects.toBe(reason)
  })

  test('refuses wrong rules when it is made, not when it is asked', () => {
    expect(() => createRulesProvider(new Map([['demo', { models: {} }]]))).toThrow(
      /rules\.yaml of the task "demo": at read/,
    )
  })
})
