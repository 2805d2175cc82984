import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { modelsByLength } from '../../../../src/serving/gateway/traffic/models-by-length.ts'
import { exampleRoute, incumbent, spare } from './examples.ts'

const local = 'local'
const tier = (routes: { upToTokens: number | undefined; model: string }[]) => exampleRoute({ routes })
const counted = (tokens: number) => async (_model: string, most: number) => ({ fits: tokens <= most, tokens })

describe('routes by length', () => {
  const both = tier([
    { upToTokens: 4000, model: local },
    { upToTokens: undefined, model: 'seat' },
  ])

  test('keep to the boundary exactly', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 8000 }), async (tokens) => {
        const chosen = await modelsByLength(both, counted(tokens))
        expect(chosen.kind).toBe(tokens <= 4000 ? 'models' : 'seat')
      }),
      { examples: [[4000], [4001]] },
    )
  })

  test('go on to those for longer requests when a model fails, and never to one that is too short', async () => {
    const route = exampleRoute({
      fallbacks: ['tiny', local, spare],
      routes: [
        { upToTokens: 100, model: 'tiny' },
        { upToTokens: 4000, model: local },
        { upToTokens: undefined, model: 'seat' },
      ],
    })
    const chosen = await modelsByLength(route, counted(500))
    expect(chosen).toEqual({ kind: 'models', names: [local, incumbent, local, spare] })
  })

  test('count with the tokenizer of the model that would be asked', async () => {
    const asked: string[] = []
    await modelsByLength(both, async (model) => {
      asked.push(model)
      return { fits: false, tokens: 9000 }
    })
    expect(asked).toEqual([local])
  })

  test('refuse what no route is long enough for, with both figures, and never cut it', async () => {
    const refused = modelsByLength(tier([{ upToTokens: 4000, model: local }]), counted(4001))
    await expect(refused).rejects.toMatchObject({
      message: expect.stringMatching(/Expected at most 4000 tokens for tier 1, .*, got 4001\. Shorten/) as string,
      refusal: { status: 400, code: 'context_length_exceeded', param: 'messages' },
    })
  })
})
