import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { inspect } from 'node:util'
import { describe, expect, test } from 'vitest'
import { loadConfig } from '../../src/config/config.ts'
import { packageRoot } from '../../src/shared/package-root.ts'
import { configOf, emptyFolder, linesOfError } from './config-folder.ts'

const flash = 'gemini-2.0-flash-001'

describe('without any file', () => {
  test('the three tiers of the plan have its candidates, roles, times and weights (S2-108, S2-109, S2-110, S2-129)', () => {
    const { tiers } = loadConfig({ cwd: emptyFolder(), environment: {} })
    expect(tiers.map(({ id, name, schedule, labels }) => ({ id, name, schedule, labels }))).toEqual([
      {
        id: 1,
        name: 'core',
        schedule: '0 1 * * 0',
        labels: {
          'gemini-2.0-flash-lite-001': 'speed champion',
          [flash]: 'current default',
          'gemini-1.5-flash': 'stable baseline',
          'gemini-1.5-pro': 'accuracy champion',
        },
      },
      {
        id: 2,
        name: 'enhanced',
        schedule: '30 1 * * 0',
        labels: { [flash]: 'current', 'gemini-1.5-flash': 'alternative' },
      },
      {
        id: 3,
        name: 'strategic',
        schedule: '0 2 * * 0',
        labels: { [flash]: 'current', 'gemini-1.5-pro': 'high reasoning' },
      },
    ])
    for (const { candidates, labels } of tiers) expect(candidates).toEqual(Object.keys(labels))
    for (const { weights } of tiers) expect(weights).toEqual({ accuracy: 0.5, speed: 0.3, cost: 0.2 })
  })

  test('the model of today holds every tier (S2-09), and each sample is asked three times (S2-26)', () => {
    const { tiers } = loadConfig({ cwd: emptyFolder(), environment: {} })
    expect(tiers.map(({ initial, repeats, minimumSamples }) => [initial, repeats, minimumSamples])).toEqual([
      [flash, 3, 10],
      [flash, 3, 10],
      [flash, 3, 10],
    ])
  })

  test('the shipped golden data is used in its newest version', () => {
    const [tier] = loadConfig({ cwd: emptyFolder(), environment: {} }).tiers
    const golden = join(packageRoot(), 'golden-datasets', 'job-analysis')
    expect(tier?.dataset).toEqual({ name: 'job-analysis', version: undefined, folder: golden })
    expect(tier?.task).toBe(join(golden, 'tier1'))
  })

  test('the providers are asked what they have at 0:00 on Sunday, unless that is turned off', () => {
    expect(loadConfig({ cwd: emptyFolder(), environment: {} }).schedule.discover).toBe('0 0 * * 0')
    expect(configOf('schedule: { discover: none }').schedule.discover).toBeUndefined()
  })

  test('the report follows at 2:30 and is sent at 3:00 on Sunday, in the zone of the machine', () => {
    const { schedule } = loadConfig({ cwd: emptyFolder(), environment: {} })
    const { timeZone } = Intl.DateTimeFormat().resolvedOptions()
    expect(schedule).toMatchObject({ timeZone, report: '30 2 * * 0', send: '0 3 * * 0' })
  })

  test('the environment alone names key, Ollama, database and home', () => {
    const environment = {
      GEMINI_API_KEY: 'key-of-gemini',
      OLLAMA_HOST: 'gpu.local',
      DATABASE_URL: 'postgres://me:pw@db/incumbent',
      INCUMBENT_HOME: 'state',
    }
    const cwd = emptyFolder()
    const { providers, database, home } = loadConfig({ cwd, environment })
    expect(providers.gemini?.apiKey?.reveal()).toBe('key-of-gemini')
    expect(providers.ollama?.baseUrl).toBe('http://gpu.local:11434')
    expect(database.url?.reveal()).toBe('postgres://me:pw@db/incumbent')
    expect(home).toBe(join(cwd, 'state'))
  })

  test('nothing at all is needed: no key, a local Ollama, the embedded database, both baselines', () => {
    const cwd = emptyFolder()
    const config = loadConfig({ cwd, environment: { GEMINI_API_KEY: '', DATABASE_URL: ' ' } })
    expect(config.file).toBeUndefined()
    expect(config.providers.gemini?.apiKey).toBeUndefined()
    expect(config.providers.ollama?.baseUrl).toBe('http://127.0.0.1:11434')
    expect(config.database.url).toBeUndefined()
    expect(config.home).toBe(join(cwd, '.incumbent'))
    expect(config.baselines).toEqual(['rules-basic', 'rules-thorough'])
    expect(config.budget).toEqual({ cycleUsd: undefined, monthUsd: undefined })
    expect(config.server).toEqual({ host: '127.0.0.1', port: 4080 })
  })

  test('a variable that cannot be used is named, without its value where that is a secret', () => {
    const environment = { DATABASE_URL: 'mysql://me:hunter2@db/shop', OLLAMA_HOST: 'a b' }
    const lines = linesOfError(() => loadConfig({ cwd: emptyFolder(), environment }))
    expect(lines).toEqual([
      expect.stringMatching(/^environment: at DATABASE_URL: expected postgres:/),
      'environment: at OLLAMA_HOST: expected host:port or an http address, got "a b"',
    ])
    expect(lines.join()).not.toContain('hunter2')
  })
})

describe('a file', () => {
  test('changes only what it names', () => {
    const { tiers } = configOf('tiers:\n  2:\n    repeats: 5\n')
    const usual = loadConfig({ cwd: emptyFolder(), environment: {} }).tiers
    expect(tiers).toEqual(usual.map((tier) => (tier.id === 2 ? { ...tier, repeats: 5 } : tier)))
  })

  test('leaves out a tier with none, and adds tiers in the order of their numbers', () => {
    const own = '{ name: mine, task: tasks/mine, dataset: data/own@golden_v2, candidates: [a] }'
    const { tiers, folder } = configOf(`tiers: { 12: ${own}, 2: none }`)
    expect(tiers.map(({ id }) => id)).toEqual([1, 3, 12])
    expect(tiers[2]).toMatchObject({
      task: join(folder, 'tasks/mine'),
      dataset: { name: 'data/own', version: 'v2', folder: join(folder, 'data/own') },
      initial: undefined,
    })
  })

  test('takes v1 and golden_v1 for the same version (X2-21)', () => {
    const versionOf = (dataset: string) => configOf(`tiers: { 1: { dataset: ${dataset} } }`).tiers[0]?.dataset.version
    expect(versionOf('job-analysis@v1')).toBe('v1')
    expect(versionOf('job-analysis@golden_v1')).toBe('v1')
    expect(versionOf('job-analysis')).toBeUndefined()
  })

  test('keeps the initial model only while it is a candidate, and none leaves the seat vacant', () => {
    expect(configOf('tiers: { 1: { candidates: [qwen] } }').tiers[0]?.initial).toBeUndefined()
    expect(configOf('tiers: { 1: { candidates: [qwen], initial: qwen } }').tiers[0]?.initial).toBe('qwen')
    expect(configOf('tiers: { 1: { initial: none } }').tiers[0]?.initial).toBeUndefined()
  })

  test('gives candidates the label of their model where the tier has none of its own', () => {
    const { tiers } = configOf(`
models: [{ name: qwen, provider: ollama, label: free }]
tiers: { 1: { candidates: [qwen, ${flash}], labels: { ${flash}: today } } }`)
    expect(tiers[0]?.labels).toEqual({ qwen: 'free', [flash]: 'today' })
  })

  test('finds golden data beside itself before the shipped one', () => {
    const cwd = emptyFolder()
    mkdirSync(join(cwd, 'golden-datasets/job-analysis/tier1'), { recursive: true })
    writeFileSync(join(cwd, 'incumbent.yaml'), '')
    const { tiers } = loadConfig({ cwd, environment: {} })
    expect(tiers[0]?.task).toBe(join(cwd, 'golden-datasets/job-analysis/tier1'))
    expect(tiers[1]?.task).toBe(join(packageRoot(), 'golden-datasets/job-analysis/tier2'))
  })

  test('named with --config counts from the working directory, and its own paths from its folder', () => {
    const cwd = emptyFolder()
    mkdirSync(join(cwd, 'deploy'))
    writeFileSync(join(cwd, 'deploy/weekly.yaml'), 'reports: { folder: out }')
    const config = loadConfig({ cwd, environment: {}, configPath: 'deploy/weekly.yaml' })
    expect(config.reports.folder).toBe(join(cwd, 'deploy/out'))
    expect(config.home).toBe(join(cwd, 'deploy/.incumbent'))
  })

  test('that was asked for and is not there is an error, and so is one that would be overlooked', () => {
    const cwd = emptyFolder()
    const [line] = linesOfError(() => loadConfig({ cwd, environment: {}, configPath: 'none.yaml' }))
    expect(line).toContain(join(cwd, 'none.yaml'))
    writeFileSync(join(cwd, 'incumbent.yml'), '')
    expect(linesOfError(() => loadConfig({ cwd, environment: {} }))[0]).toContain('rename it')
  })

  test('may leave every section to comments', () => {
    const config = configOf('providers:\n  # gemini: {}\ntiers:\nbudget:\n')
    expect(config.tiers).toHaveLength(3)
    expect(config.budget.cycleUsd).toBeUndefined()
  })

  test('describes models with price, role and behaviour', () => {
    const { models } = configOf(`
providers: { vllm: { kind: openai, baseUrl: "http://127.0.0.1:8000/v1/" } }
models:
  - name: qwen
    provider: vllm
    id: Qwen/Qwen3
    contextTokens: 8192
    price: { inputUsdPer1k: 0.001, outputUsdPer1k: 0.002, asOf: 2026-01-31 }
  - { name: sim, provider: simulated, simulated: { errorRate: 0.1, latencyMs: 500 } }`)
    expect(models).toMatchObject([
      {
        id: 'Qwen/Qwen3',
        price: { inputUsdPer1k: 0.001, cachedInputUsdPer1k: undefined, asOf: '2026-01-31', source: 'incumbent.yaml' },
        simulated: undefined,
      },
      { id: 'sim', simulated: { errorRate: 0.1, failureRate: 0, tokens: { input: 1000, output: 300 } } },
    ])
  })

  test('names a provider of any kind, and the usual ones stay', () => {
    const { providers } = configOf(
      `
providers:
  gemini: { requestsPerMinute: 15 }
  vllm: { kind: openai, baseUrl: "http://127.0.0.1:8000/v1/" }`,
      { GEMINI_API_KEY: 'k' },
    )
    expect(Object.keys(providers)).toEqual(['gemini', 'ollama', 'rules', 'simulated', 'vllm'])
    expect(providers.vllm).toMatchObject({ kind: 'openai', baseUrl: 'http://127.0.0.1:8000/v1', concurrency: 4 })
    expect(providers.gemini).toMatchObject({ requestsPerMinute: 15, requestsPerDay: undefined })
    expect(providers.gemini?.apiKey?.reveal()).toBe('k')
  })

  test('may turn the database variable of another application away', () => {
    const { database } = configOf('database: { url: none }', { DATABASE_URL: 'mysql://shop' })
    expect(database.url).toBeUndefined()
  })
})

describe('a configuration', () => {
  test('cannot be changed', () => {
    const config = configOf('models: [{ name: qwen, provider: ollama }]')
    expect(() => Object.assign(config.server, { port: 1 })).toThrow(TypeError)
    expect(() => Object.assign(config.tiers[0]?.weights ?? {}, { speed: 1 })).toThrow(TypeError)
    expect(() => Object.assign(config.models, { 1: 'x' })).toThrow(TypeError)
  })

  test('shows no secret in text, JSON or a log', () => {
    const config = configOf(
      `
reports: { slack: { channel: "#m", token: \${SLACK} }, email: { to: [a@example.com], smtp: \${SMTP} } }
database: { url: \${DB} }`,
      {
        SLACK: 'hunter2-a',
        SMTP: 'smtp://u:hunter2-b@mail',
        DB: 'postgres://u:hunter2-c@db/x',
        GEMINI_API_KEY: 'hunter2-d',
      },
    )
    for (const shown of [
      JSON.stringify(config),
      inspect(config, { depth: 20, showHidden: true }),
      `${config.database.url?.toString()}`,
    ]) {
      expect(shown).toContain('***')
      expect(shown).not.toContain('hunter2')
    }
    expect(config.reports.slack?.token?.reveal()).toBe('hunter2-a')
    expect(config.reports.email?.smtp?.reveal()).toBe('smtp://u:hunter2-b@mail')
  })
})
