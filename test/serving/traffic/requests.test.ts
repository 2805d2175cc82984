import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { temporaryFolder } from '../../support/run-incumbent.ts'
import { onEmbedded } from '../../support/test-databases.ts'
import {
  askUntil,
  configuration,
  holder,
  type LiveService,
  type Models,
  newcomer,
  openAt,
  openShadow,
  partlyOpen,
  startLiveService,
  startModels,
  writeConfiguration,
} from './live-service.ts'

onEmbedded((databases) => {
  const cwd = temporaryFolder()
  const messages = [{ role: 'user' as const, content: 'Hello' }]
  let models: Models
  let live: LiveService
  beforeAll(async () => {
    models = await startModels()
    writeConfiguration(cwd, configuration(models, routed))
    const workspace = await openAt(cwd, await databases.place())
    await openShadow(workspace, partlyOpen(0.5, workspace))
    live = await startLiveService(workspace)
  })
  afterAll(() => live[Symbol.asyncDispose]())

  /** Short ones to the newcomer, longer ones to whoever holds the seat, and none that is longer still. */
  const routed = `  2:
    candidates: [${holder}, ${newcomer}]
    initial: ${holder}
    routes: [{ upToTokens: 1200, model: ${newcomer} }, { upToTokens: 2400, model: seat }]
`

  describe('a stream', () => {
    test('of a challenger that fails before its first piece is the stream of the holder', async () => {
      models.newcomer.change({ fault: '503' })
      const answers = new Set<string>()
      for (let request = 0; request < 12; request += 1) {
        const { data, response } = await live.client.chat.completions
          .create({ model: 'tier-1', messages, stream: true })
          .withResponse()
        let text = ''
        for await (const chunk of data) text += chunk.choices[0]?.delta.content ?? ''
        expect(text).toBe('hello')
        expect(response.headers.get('x-incumbent-model')).toBe(holder)
        answers.add(`${response.headers.get('x-incumbent-stage')} ${response.headers.get('x-incumbent-attempt')}`)
      }
      models.newcomer.change({ fault: undefined })
      expect([...answers].some((answer) => answer === 'partial 2')).toBe(true)
    })
  })

  describe('a tier with routes', () => {
    const asked = async (words: number) => {
      const content = Array.from({ length: words }, () => 'word').join(' ')
      const request = { model: 'tier-2', messages: [{ role: 'user' as const, content }], max_completion_tokens: 100 }
      return (await live.client.chat.completions.create(request)).model
    }

    test('answers by the length of the request and its longest answer, to the token', async () => {
      expect(await asked(10)).toBe(newcomer)
      expect(await asked(2_000)).toBe(holder)
      const { message } = (await asked(3_000).catch((error: unknown) => error as Error)) as Error
      const beside = Number(/got (\d+)/.exec(message)?.[1]) - 3_000
      expect(beside).toBeGreaterThanOrEqual(100)
      expect(await asked(1_200 - beside)).toBe(newcomer)
      expect(await asked(1_201 - beside)).toBe(holder)
    })

    test('refuses what is too long for all, and never cuts it', async () => {
      await expect(asked(3_000)).rejects.toMatchObject({ status: 400, code: 'context_length_exceeded' })
    })
  })

  test('the figures of the traffic are there for Prometheus', async () => {
    await askUntil(live, () => true)
    const text = await (await fetch(`${live.service.url}/metrics`)).text()
    expect(text).toMatch(/^incumbent_observations_waiting \d+$/m)
    expect(text).toMatch(/^incumbent_shadow_copies_total 0$/m)
    expect(text).toMatch(/^incumbent_gateway_requests_total\{tier="2",model="newcomer",.*\} \d+$/m)
  })

  test('tiers and models are listed by the names under which they can be asked', async () => {
    const names = []
    for await (const { id } of live.client.models.list()) names.push(id)
    expect(names).toEqual(expect.arrayContaining(['tier-1', 'tier-2', holder, newcomer]))
    expect(names.some((name) => name.startsWith('rules'))).toBe(false)
  })
})
