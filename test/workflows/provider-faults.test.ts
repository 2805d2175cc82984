import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { cycleText } from '../../src/commands/cycle-text.ts'
import { type Config, loadConfig } from '../../src/config/config.ts'
import { seedAssignment } from '../../src/database/seed-assignments.ts'
import type { CycleReport, EvaluationReport, RunReport } from '../../src/reporting/cycle-report.ts'
import { renderMarkdown } from '../../src/reporting/render-markdown.ts'
import { silentListener } from '../../src/workflows/cycle-listener.ts'
import { runCycle } from '../../src/workflows/run-cycle.ts'
import { syncRegistry } from '../../src/workflows/sync-registry.ts'
import type { Workspace } from '../../src/workflows/workspace.ts'
import { rightAnswers } from '../support/answering-models.ts'
import { createFakeClock } from '../support/fake-clock.ts'
import { type GeminiFault, startLoopbackGemini } from '../support/loopback-gemini.ts'
import { type OllamaFault, startLoopbackOllama } from '../support/loopback-ollama.ts'
import { isProbe, type OpenAiFault, startLoopbackOpenAi } from '../support/loopback-openai.ts'
import type { TransportFault } from '../support/loopback-server.ts'
import { temporaryFolder } from '../support/run-incumbent.ts'
import { onEmbedded } from '../support/test-databases.ts'

const key = 'a-key-that-stands-nowhere'
const held = 'gemini-2.0-flash-001'
const lite = 'gemini-2.0-flash-lite-001'

interface Faults {
  gemini?: GeminiFault | TransportFault
  ollama?: OllamaFault | TransportFault
  vllm?: OpenAiFault | TransportFault
}

/** The model that meets the fault: on Gemini one of two, on the others the only one. */
const models = { gemini: lite, ollama: 'small', vllm: 'served' }

/** Faults of a provider by what they are told as, with what a person can do. */
const ofProvider: [Faults, string, RegExp][] = [
  [{ gemini: '429-retry-info' }, 'rate-limited', /requestsPerMinute/],
  [{ gemini: '429-per-day' }, 'quota-exhausted', /quota/],
  [{ gemini: '503' }, 'overloaded', /Run again/],
  [{ gemini: 'html-error' }, 'overloaded', /Run again/],
  [{ gemini: 'forbidden' }, 'auth', /GEMINI_API_KEY/],
  [{ ollama: '500' }, 'overloaded', /Run again/],
  [{ ollama: 'error-in-ok' }, 'overloaded', /Run again/],
  [{ ollama: 'reset' }, 'unreachable', /ollama serve/],
  [{ vllm: '429-retry-after' }, 'rate-limited', /requestsPerMinute of vllm/],
  [{ vllm: 'insufficient-quota' }, 'quota-exhausted', /quota/],
  [{ vllm: 'bad-key' }, 'auth', /apiKey of vllm/],
  [{ vllm: 'reset-mid-body' }, 'unreachable', /baseUrl/],
  [{ vllm: 'cut-json' }, 'unreachable', /baseUrl/],
  [{ vllm: 'html-page' }, 'unreachable', /baseUrl/],
  [{ vllm: 'wrong-path' }, 'unreachable', /baseUrl/],
]

/** What a model says, or fails to say, is its own: of three models at once, each is told by its own fault. */
const ofModel: [Faults, Partial<Record<keyof Faults, string>>][] = [
  [
    { gemini: 'safety', ollama: 'cut-at-limit', vllm: 'refusal' },
    { gemini: 'blocked', ollama: 'truncated', vllm: 'blocked' },
  ],
  [
    { gemini: 'empty', ollama: 'context-too-long', vllm: 'ignores-schema' },
    { gemini: 'empty', ollama: 'invalid-request', vllm: 'malformed' },
  ],
  [{ gemini: 'empty-at-limit' }, { gemini: 'truncated' }],
]

const harmless: Faults = { gemini: 'thinking', ollama: 'inline-thinking', vllm: 'older-thinking' }

/** What a right answer has time for, however busy the machine is, and what a server that says nothing is waited for. */
const patientMs = 60_000
const impatientMs = 3_000

onEmbedded((databases) => {
  describe('three servers together, one at fault', () => {
    const cwd = temporaryFolder()
    let servers: Awaited<ReturnType<typeof startServers>>
    let workspace: Workspace

    waitLongForLists()
    beforeAll(async () => {
      servers = await startServers()
      const config = configured(patientMs)
      const clock = createFakeClock({ skipsSleep: true })
      workspace = { config, database: await databases.open(), clock }
      const { db } = workspace.database
      await syncRegistry(db, config, clock.now())
      for (const { id, initial } of config.tiers) await seedAssignment(db, id, initial, clock.now())
    })
    afterAll(() => servers.close())

    function configured(geminiTimeoutMs: number): Config {
      const { gemini, ollama, vllm } = servers
      writeFileSync(join(cwd, 'incumbent.yaml'), configuration([gemini.url, ollama.url, vllm.url], geminiTimeoutMs))
      return loadConfig({ cwd, environment: { GEMINI_API_KEY: key } })
    }

    async function cycle(faults: Faults, { repeats = 1, ofGemini = lite } = {}): Promise<CycleReport> {
      servers.breakDown(faults, ofGemini)
      return cycleIn(workspace, repeats)
    }

    function cycleIn(place: Workspace, repeats: number): Promise<CycleReport> {
      const whole = {
        tiers: undefined,
        models: undefined,
        limit: undefined,
        concurrency: undefined,
        testName: undefined,
      }
      // Without a look, a reference or a seat that changes, every cycle begins as the first one did.
      const request = { ...whole, dataset: 'v0', repeats, racing: false, apply: false }
      return runCycle(place, request, 'test', silentListener, new AbortController().signal)
    }

    test.each(ofProvider)(
      '%o is a fault of the provider (%s): the run is invalid, and nothing is said of the model',
      async (faults, kind, remedy) => {
        const model = atFault(faults)
        const report = await cycle(faults)
        const evaluation = tierOne(report)
        const { status, accuracy, scores, failed } = run(evaluation, model)
        expect({ status, accuracy, total: scores.total }).toEqual({ status: 'invalid', accuracy: null, total: null })
        expect(Object.keys(failed)).toEqual([kind])
        expect(evaluation.skipped).toEqual([
          {
            model,
            reason: expect.stringMatching(`failed for a reason of its provider: .* ${kind}\\. .+`),
            remedy: expect.stringMatching(remedy),
          },
        ])
        expect(evaluation.failures).toEqual([expect.objectContaining({ model, kind, isOfProvider: true })])
        expectTheOthersToBeCompared(evaluation, model)
        expect(evaluation.reasoning).not.toMatch(new RegExp(`^- ${model}.*accuracy`, 'm'))
        expect(renderMarkdown(report)).toMatch(
          new RegExp(`\\| ${model} \\| challenger, invalid \\| not judged \\|.*provider: \\d+ ${kind}`),
        )
        expect(cycleText(report)).toMatch(
          new RegExp(`${model} +challenger, invalid +not judged .* provider: \\d+ ${kind}`),
        )
        expect(renderMarkdown(report)).toMatch(/\| 3 of 4 \|/)
      },
    )

    test.each(ofModel)('%o are answers of the models that count 0 (%o)', async (faults, kinds) => {
      expectNothing(await cycle(faults), kinds)
    })

    test('an answer that does not come in time is one of the model that counts 0', async () => {
      servers.breakDown({ gemini: 'hang' }, lite)
      expectNothing(await cycleIn({ ...workspace, config: configured(impatientMs) }, 1), { gemini: 'timeout' })
    })

    test('thoughts beside or before an answer are no fault', async () => {
      const evaluation = tierOne(await cycle(harmless))
      for (const { failed, accuracy, role } of evaluation.runs) {
        if (role !== 'baseline') expect({ failed, accuracy }).toEqual({ failed: {}, accuracy: 100 })
      }
    })

    test('a model whose provider fails every call is soon asked no more, and holds up nobody', async () => {
      const evaluation = tierOne(await cycle({ vllm: '503' }, { repeats: 3 }))
      const { asked, status } = run(evaluation, 'served')
      expect(status).toBe('invalid')
      // More than 5 % of 36, and those that were under way.
      expect(asked).toBeLessThanOrEqual(2 + 2)
      expect(run(evaluation, held)).toMatchObject({ status: 'completed', asked: 36 })
    })

    test('what a lost model still waits for is given up, and leaves no outcome', async () => {
      let asked = 0
      servers.breakDown({}, lite)
      servers.gemini.change({
        fault: ({ model }) => {
          if (model !== lite) return undefined
          asked += 1
          return asked === 6 ? 'html-page' : '429-retry-info'
        },
      })
      // Time stands still: who waits for a retry waits for ever.
      const evaluation = tierOne(await cycleIn({ ...workspace, clock: createFakeClock() }, 1))
      expect(run(evaluation, lite)).toMatchObject({ status: 'invalid', asked: 1, failed: { unreachable: 1 } })
      expect(run(evaluation, held)).toMatchObject({ status: 'completed', asked: 12 })
    })

    test('a key that expires in the middle leaves nothing to hold against the incumbent, and the report says which key', async () => {
      const report = await cycle({ gemini: 'expired-key' })
      const evaluation = tierOne(report)
      expect(evaluation.recommendation.decision).toBe('incumbent_missing')
      expect(evaluation.status).toBe('invalid')
      expect(evaluation.reasoning).toMatch(
        new RegExp(`${held}, which holds the seat, was not judged: .*API key expired`),
      )
      expect(cycleText(report)).toContain('Set a valid GEMINI_API_KEY in .env (tier 1)')
      expect(JSON.stringify(report)).not.toContain(key)
    })

    test('an incumbent that answers nobody leaves the run without a verdict, and the report says what to look at', async () => {
      const report = await cycle({ gemini: 'safety' }, { ofGemini: held })
      expect(tierOne(report).recommendation.decision).toBe('invalid_run')
      expect(cycleText(report)).toContain(`Find out why so many calls failed: ${held} 12 blocked`)
    })

    /** Of models that answered nothing that counts, by their providers. */
    function expectNothing(report: CycleReport, kinds: Partial<Record<keyof Faults, string>>): void {
      const evaluation = tierOne(report)
      const lost = Object.entries(kinds).map(([provider, kind]) => ({ model: models[provider as keyof Faults], kind }))
      expect(evaluation.skipped).toEqual([])
      expect(evaluation.failures).toHaveLength(lost.length)
      for (const { model, kind } of lost) {
        const counts = { status: 'failed', accuracy: 0, asked: 12, failed: { [kind]: 12 } }
        expect(run(evaluation, model)).toMatchObject(counts)
        expect(evaluation.failures).toContainEqual(
          expect.objectContaining({ model, kind, calls: 12, isOfProvider: false }),
        )
        expect(evaluation.recommendation.comparisons.map((pair) => pair.model)).toContain(model)
        expect(evaluation.reasoning.split('\n')[0]).not.toContain(model)
        expect(renderMarkdown(report)).toMatch(
          new RegExp(`\\| ${model} \\| challenger, failed \\| 0\\.0 .*12 of 12: 12 ${kind} \\|`),
        )
      }
    }

    function expectTheOthersToBeCompared({ runs, recommendation }: EvaluationReport, model: string): void {
      for (const other of runs) {
        if (other.model !== model) expect(other).toMatchObject({ status: 'completed', failed: {} })
      }
      const challengers = [lite, 'served', 'small'].filter((name) => name !== model)
      expect(recommendation.comparisons.map((pair) => pair.model).toSorted()).toEqual(challengers)
    }
  })
})

/** Whether a provider is there shows within two seconds, which a busy machine may take for nothing. */
function waitLongForLists(): void {
  const within = AbortSignal.timeout.bind(AbortSignal)
  beforeAll(() => {
    const stretched = vi.spyOn(AbortSignal, 'timeout').mockImplementation((ms) => within(30 * ms))
    return () => stretched.mockRestore()
  })
}

function configuration([gemini, ollama, vllm]: readonly string[], geminiTimeoutMs: number): string {
  return `
baselines: []
providers:
  gemini: { baseUrl: ${gemini}, timeoutMs: ${geminiTimeoutMs}, concurrency: 12 }
  ollama: { baseUrl: ${ollama}, timeoutMs: ${patientMs} }
  vllm: { kind: openai, baseUrl: ${vllm}, timeoutMs: ${patientMs}, concurrency: 2 }
models:
  - { name: small, provider: ollama, id: 'qwen3:0.6b', contextTokens: 8192 }
  - { name: served, provider: vllm, id: Qwen/Qwen3-4B, contextTokens: 8192 }
tiers:
  1: { candidates: [${held}, ${lite}, small, served] }
  2: none
  3: none
`
}

async function startServers() {
  const answer = rightAnswers()
  const [gemini, ollama, vllm] = await Promise.all([
    startLoopbackGemini({ apiKey: key, answer }),
    startLoopbackOllama({ answer }),
    startLoopbackOpenAi({ answer }),
  ])
  return {
    gemini,
    ollama,
    vllm,
    close: () => Promise.all([gemini.close(), ollama.close(), vllm.close()]),
    /** @param ofGemini the model of Gemini that meets its fault */
    breakDown(faults: Faults, ofGemini: string): void {
      // A key is one for all models.
      gemini.change({
        fault: ({ model }) => (model === ofGemini || faults.gemini === 'expired-key' ? faults.gemini : undefined),
      })
      ollama.change({ fault: faults.ollama })
      vllm.change({ fault: (asked) => (isProbe(asked) && faults.vllm !== 'ignores-schema' ? undefined : faults.vllm) })
    },
  }
}

function atFault(faults: Faults): string {
  const [provider] = Object.keys(faults) as (keyof Faults)[]
  return models[provider ?? 'gemini']
}

function tierOne({ evaluations }: CycleReport): EvaluationReport {
  const [evaluation] = evaluations
  if (evaluation === undefined) throw new Error('Nothing was evaluated.')
  return evaluation
}

function run({ runs }: EvaluationReport, name: string): RunReport {
  const found = runs.find(({ model }) => model === name)
  if (found === undefined) throw new Error(`${name} did not run.`)
  return found
}
