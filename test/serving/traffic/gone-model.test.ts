import { describe, expect, test } from 'vitest'
import { startLoopbackGemini } from '../../support/loopback-gemini.ts'
import { temporaryFolder } from '../../support/run-incumbent.ts'
import { onEmbedded } from '../../support/test-databases.ts'
import { askUntil, openAt, seatOf, startLiveService, writeConfiguration } from './live-service.ts'

const first = 'gemini-2.0-flash-001'
const second = 'gemini-2.0-flash-lite-001'

onEmbedded((databases) => {
  describe('a model that its provider does not have any more', () => {
    const cwd = temporaryFolder()

    test('fails no request, and the best of the others takes its seat by itself', async () => {
      await using gemini = await disposable()
      writeConfiguration(
        cwd,
        `baselines: []
providers: { gemini: { baseUrl: '${gemini.server.url}', apiKey: '$\{GEMINI_API_KEY}' } }
tiers:
  1: { candidates: [${first}, ${second}], initial: ${first}, fallbacks: [${second}] }
  2: none
  3: none
`,
      )
      const workspace = await openAt(cwd, await databases.place(), { GEMINI_API_KEY: 'loopback-key' })
      await using live = await startLiveService(workspace)
      gemini.server.change({ fault: ({ model }) => (model === first ? 'unknown-model' : undefined) })
      const answers = await askUntil(live, ({ attempt }) => attempt === '1', { atOnce: 1 })
      expect(answers.every(({ model }) => model === second)).toBe(true)
      expect(await seatOf(workspace)).toBe(second)
      const asked = gemini.server.questions.filter(({ model }) => model === first)
      expect(asked.length).toBeLessThanOrEqual(2)
      // Lines of the log are written together, some milliseconds later.
      await expect.poll(() => live.log()).toContain(`${first} `)
    }, 30_000)
  })
})

async function disposable() {
  const server = await startLoopbackGemini()
  return { server, [Symbol.asyncDispose]: () => server.close() }
}
