import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { CycleReport, EvaluationReport, RunReport } from '../../src/reporting/cycle-report.ts'
import { rightAnswers } from '../support/answering-models.ts'
import { startLoopbackGemini } from '../support/loopback-gemini.ts'
import { startLoopbackOllama } from '../support/loopback-ollama.ts'
import { startLoopbackOpenAi } from '../support/loopback-openai.ts'
import { type Finished, type Place, runIncumbent, temporaryFolder } from '../support/run-incumbent.ts'
import { forEachDatabase, onEmbedded, type TestDatabases } from '../support/test-databases.ts'

const key = 'a-secret-key-of-the-test'

function configuration(urls: { gemini: string; ollama: string; vllm: string }): string {
  return `
providers:
  gemini: { baseUrl: ${urls.gemini}, timeoutMs: 2000 }
  ollama: { baseUrl: ${urls.ollama}, timeoutMs: 2000 }
  vllm: { kind: openai, baseUrl: ${urls.vllm}, timeoutMs: 2000 }
models:
  - { name: small, provider: ollama, id: 'qwen3:0.6b', contextTokens: 8192 }
  - { name: served, provider: vllm, id: Qwen/Qwen3-4B-Instruct-2507-FP8, contextTokens: 8192 }
tiers:
  1:
    candidates: [gemini-2.0-flash-001, gemini-2.0-flash-lite-001, small, served]
    repeats: 1
  2: none
  3: none
`
}

async function startServers() {
  const [gemini, ollama, vllm] = await Promise.all([
    startLoopbackGemini({ apiKey: key, answer: rightAnswers() }),
    startLoopbackOllama(),
    startLoopbackOpenAi({ answer: rightAnswers() }),
  ])
  return {
    gemini,
    ollama,
    vllm,
    close: () => Promise.all([gemini.close(), ollama.close(), vllm.close()]),
    heal() {
      gemini.change({ answer: rightAnswers(), fault: undefined, latencyMs: 0 })
      ollama.change({ fault: undefined })
      vllm.change({ answer: rightAnswers(), fault: undefined })
    },
  }
}

function tierOne(finished: Finished): EvaluationReport {
  if (finished.code !== 0) throw new Error(finished.stderr)
  const [evaluation] = (JSON.parse(finished.stdout) as CycleReport).evaluations
  if (evaluation === undefined) throw new Error('Nothing was evaluated.')
  return evaluation
}

function run({ runs }: EvaluationReport, name: string): RunReport {
  const found = runs.find(({ model }) => model === name)
  if (found === undefined) throw new Error(`${name} did not run.`)
  return found
}

const argv = ['run', '--dataset', 'v0', '--json']

async function placed(
  databases: TestDatabases,
  cwd: string,
  servers: Awaited<ReturnType<typeof startServers>>,
): Promise<Place> {
  const { gemini, ollama, vllm } = servers
  writeFileSync(join(cwd, 'incumbent.yaml'), configuration({ gemini: gemini.url, ollama: ollama.url, vllm: vllm.url }))
  return { cwd, database: await databases.place(), environment: { GEMINI_API_KEY: key } }
}

forEachDatabase((databases) => {
  describe('Gemini, Ollama and an OpenAI-compatible server in one evaluation', () => {
    const cwd = temporaryFolder()
    let servers: Awaited<ReturnType<typeof startServers>>
    let place: Place
    let finished: Finished

    beforeAll(async () => {
      servers = await startServers()
      place = await placed(databases, cwd, servers)
      finished = await runIncumbent(place, ...argv)
    })
    afterAll(() => servers.close())

    test('asks all of them the same samples and scores what they say', () => {
      const evaluation = tierOne(finished)
      for (const name of ['gemini-2.0-flash-001', 'gemini-2.0-flash-lite-001', 'served']) {
        expect(run(evaluation, name)).toMatchObject({ status: 'completed', asked: 12, scored: 12, accuracy: 100 })
      }
      expect(run(evaluation, 'small').accuracy).toBeLessThan(50)
      expect(evaluation.recommendation.comparisons.map(({ model }) => model)).toEqual([
        'gemini-2.0-flash-lite-001',
        'served',
        'small',
      ])
    })

    test('knows the price of remote calls, and that local ones cost nothing', () => {
      const evaluation = tierOne(finished)
      expect(run(evaluation, 'gemini-2.0-flash-001').costUsd).toBeGreaterThan(0)
      expect(run(evaluation, 'small').costUsd).toBe(0)
      expect(run(evaluation, 'served').costUsd).toBe(0)
    })

    test('sends temperature 0 and the schema, and nothing of a target', () => {
      const asked = servers.gemini.questions[0]
      expect(asked?.body).toMatchObject({ generationConfig: { temperature: 0, responseMimeType: 'application/json' } })
      for (const { questions } of [servers.gemini, servers.ollama, servers.vllm]) {
        for (const { prompt } of questions) expect(prompt).not.toContain('verified_by')
      }
    })

    test('one local accelerator holds one model at a time, with a call to load it that does not count', () => {
      expect(servers.ollama.maxInFlight()).toBe(1)
      expect(servers.ollama.calls()).toBe(13)
    })

    test('the key stands nowhere in what is printed, written or stored', async () => {
      const dump = await runIncumbent(place, 'db', 'query', 'select * from model_test_outcomes', '--json')
      const report = await runIncumbent(place, 'report', '--json')
      for (const { stdout, stderr } of [finished, dump, report]) expect(stdout + stderr).not.toContain(key)
    })
  })
})

onEmbedded((databases) => {
  test('local models cost an estimate of their electricity where a tariff is set', async () => {
    const [servers, cwd] = [await startServers(), mkdtempSync(join(tmpdir(), 'incumbent-electricity-'))]
    const place = await placed(databases, cwd, servers)
    const tariff = 'electricity: { usdPerKwh: 0.3, watts: 400, asOf: 2026-01-31 }\n'
    appendFileSync(join(cwd, 'incumbent.yaml'), tariff)
    const evaluation = tierOne(await runIncumbent(place, ...argv, '--models', 'served'))
    const { costUsd, latencyMs } = run(evaluation, 'served')
    // 12 calls, 4 at a time, at 0.12 US dollars an hour.
    expect(costUsd).toBeCloseTo((0.12 * 12 * (latencyMs.mean ?? 0)) / 3_600_000 / 4, 9)
    expect(evaluation.warnings.join()).toContain('served ($0.12 an hour)')
    const listed = await runIncumbent(place, 'models', 'list')
    expect(listed.stdout).toMatch(/served .*2026-01-31, about \$0\.12 an hour/)
    await servers.close()
    rmSync(cwd, { recursive: true })
  })

  describe('a provider at fault', () => {
    const cwd = temporaryFolder()
    let servers: Awaited<ReturnType<typeof startServers>>
    let place: Place

    beforeAll(async () => {
      servers = await startServers()
      place = await placed(databases, cwd, servers)
    })
    afterEach(() => servers.heal())
    afterAll(() => servers.close())

    test('that does not know a model any more: it is retired with an alert, and the others go on', async () => {
      servers.gemini.change({ fault: ({ model }) => (model.includes('lite') ? 'unknown-model' : undefined) })
      const evaluation = tierOne(await runIncumbent(place, ...argv))
      expect(run(evaluation, 'gemini-2.0-flash-lite-001')).toMatchObject({
        status: 'failed',
        scored: 0,
        failed: { 'model-not-found': expect.any(Number) },
      })
      expect(run(evaluation, 'gemini-2.0-flash-lite-001').asked).toBeLessThan(12)
      expect(evaluation.recommendation.comparisons.map(({ model }) => model)).toEqual(['served', 'small'])
      expect(evaluation.skipped).toContainEqual(
        expect.objectContaining({ model: 'gemini-2.0-flash-lite-001', reason: expect.stringContaining('404') }),
      )
      expect((await runIncumbent(place, 'models', 'list')).stdout).toMatch(
        /gemini-2\.0-flash-lite-001.*retired on \d{4}/,
      )
      const alerts = await runIncumbent(place, 'db', 'query', 'select kind, model_name from alerts', '--json')
      expect(JSON.parse(alerts.stdout)).toEqual([{ kind: 'model-retired', model_name: 'gemini-2.0-flash-lite-001' }])
      expect((await runIncumbent(place, 'models', 'add', 'gemini-2.0-flash-lite-001')).stdout).toContain(
        'was taken back',
      )
    })

    test('whose key is wrong: nothing is asked of it, and the report says what to set', async () => {
      const wrong = { ...place, environment: { GEMINI_API_KEY: 'wrong-key' } }
      const evaluation = tierOne(await runIncumbent(wrong, ...argv))
      expect(evaluation.recommendation).toMatchObject({
        decision: 'incumbent_missing',
        incumbent: 'gemini-2.0-flash-001',
      })
      expect(evaluation.skipped.map(({ model }) => model)).toContain('gemini-2.0-flash-001')
      expect(evaluation.skipped[0]?.remedy).toContain('GEMINI_API_KEY')
      expect(JSON.stringify(evaluation)).not.toContain('wrong-key')
    })

    test('whose key expires in the middle: the run is invalid, not bad, and nothing is concluded from it', async () => {
      const start = servers.gemini.calls()
      servers.gemini.change({
        answer: rightAnswers(),
        fault: ({ index }) => (index >= start + 4 ? 'expired-key' : undefined),
      })
      const evaluation = tierOne(await runIncumbent(place, ...argv, '--models', 'served'))
      expect(evaluation.status).toBe('invalid')
      expect(run(evaluation, 'gemini-2.0-flash-001')).toMatchObject({
        status: 'invalid',
        failed: { auth: expect.any(Number) },
      })
      expect(evaluation.recommendation.decision).toBe('incumbent_missing')
      expect(evaluation.reasoning).toMatch(/auth/)
    })

    test('that answers garbage now and then: kept as malformed with the text, counted, and never asked again', async () => {
      const calls = servers.vllm.calls()
      servers.vllm.change({
        answer: ({ prompt }) => (prompt.length % 2 === 0 ? 'I would rather not.' : rightAnswers()({ prompt })),
      })
      const evaluation = tierOne(await runIncumbent(place, ...argv, '--models', 'served'))
      const served = run(evaluation, 'served')
      expect(served.failed.malformed).toBeGreaterThan(0)
      expect(served).toMatchObject({ status: 'completed', asked: 12, scored: 12 - (served.failed.malformed ?? 0) })
      const kept = `select count(*) as n from model_test_outcomes where failure_kind = 'malformed' and raw_text = 'I would rather not.'`
      expect(JSON.parse((await runIncumbent(place, 'db', 'query', kept, '--json')).stdout)).toEqual([
        { n: served.failed.malformed },
      ])
      // 12 samples, the probe of the schema, and the call that loads the model.
      expect(servers.vllm.calls() - calls).toBeLessThanOrEqual(14)
    })

    test('that dies in the middle and comes back is asked again, and the run is whole', async () => {
      const start = servers.gemini.calls()
      servers.gemini.change({
        answer: rightAnswers(),
        fault: ({ index }) => (index >= start + 4 && index < start + 8 ? 'reset' : undefined),
      })
      const evaluation = tierOne(await runIncumbent(place, ...argv, '--models', 'served'))
      expect(run(evaluation, 'gemini-2.0-flash-001')).toMatchObject({
        status: 'completed',
        asked: 12,
        scored: 12,
        failed: {},
      })
      expect(servers.gemini.calls() - start).toBe(12 + 4)
    })

    test('that does not know the holder of a seat any more: the best of the others takes it in the same run', async () => {
      servers.gemini.change({
        answer: rightAnswers(),
        fault: ({ model }) => (model.includes('lite') ? undefined : 'unknown-model'),
      })
      const fresh = { ...place, database: await databases.place() }
      const evaluation = tierOne(await runIncumbent(fresh, ...argv))
      expect(evaluation).toMatchObject({
        incumbent: 'gemini-2.0-flash-001',
        recommendation: { decision: 'incumbent_missing' },
        followed: [expect.stringMatching(/^Tier 1 went from gemini-2\.0-flash-001 to \S+: .*answered 404/)],
      })
      const seat = 'select current_model, assigned_by from model_assignments where tier = 1'
      const [held] = JSON.parse((await runIncumbent(fresh, 'db', 'query', seat, '--json')).stdout)
      expect(held.assigned_by).toBe('auto')
      expect(evaluation.followed[0]).toContain(`to ${held.current_model}:`)
    })

    test('that has nothing the tier names: the nearest models it has are named with the command that adds them', async () => {
      writeFileSync(
        join(cwd, 'old.yaml'),
        `providers:\n  gemini: { baseUrl: ${servers.gemini.url} }\n  ollama: { baseUrl: ${servers.ollama.url} }\ntiers:\n  1: { candidates: [gemini-1.5-pro], initial: gemini-1.5-pro }\n  2: none\n  3: none\n`,
      )
      servers.gemini.change({ fault: ({ model }) => (model.startsWith('gemini-1.5') ? 'unknown-model' : undefined) })
      const fresh = { ...place, database: await databases.place() }
      const ran = await runIncumbent(fresh, '--config', 'old.yaml', 'run', '--dataset', 'v0')
      expect(ran.code).toBe(0)
      expect(ran.stdout).toMatch(
        /gemini has gemini-2\.5-pro: npx incumbent models add gemini-2\.5-pro --provider gemini --tier 1/,
      )
      const added = await runIncumbent(
        fresh,
        '--config',
        'old.yaml',
        'models',
        'add',
        'gemini-2.5-pro',
        '--provider',
        'gemini',
        '--tier',
        '1',
      )
      expect(added.stdout).toContain('joins the next evaluation of tier 1')
      servers.gemini.change({ answer: rightAnswers(), fault: undefined })
      const again = tierOne(await runIncumbent(fresh, '--config', 'old.yaml', ...argv))
      expect(run(again, 'gemini-2.5-pro').scored).toBe(36)
    })

    test('discover lists what providers have, and who did not answer', async () => {
      const { stdout, code } = await runIncumbent(place, 'models', 'discover', '--json')
      expect(code).toBe(0)
      const { found } = JSON.parse(stdout) as { found: { provider: string; id: string }[] }
      expect(found).toContainEqual(expect.objectContaining({ provider: 'gemini', id: 'gemini-2.5-flash' }))
      await servers.vllm.close()
      const without = await runIncumbent(place, 'models', 'discover')
      expect(without.stderr).toMatch(/vllm: .*(refused|no answer|reach)/i)
      expect(tierOne(await runIncumbent(place, ...argv)).skipped.map(({ model }) => model)).toEqual(['served'])
    })
  })
})
