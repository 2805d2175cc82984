import { describe, expect, test } from 'vitest'
import { configOf, problemsOf } from './config-folder.ts'

describe('everything that is wrong with a file', () => {
  test('is reported at once, in the order of its lines', () => {
    const problems = problemsOf(`provders: {}
providers:
  gemini: { requestsPerMinute: fast, colour: red }
models:
  - { name: qwen, provider: olama }
tiers:
  1:
    weights: { accuracy: 0.5, speed: 0.4, cost: 0.2 }
    schedule: "0 25 * * 0"
    candidates: [a, rules-basic]
  4: { name: mine }
schedule: { timeZone: Europe/Wien }
reports: { email: { to: [team] } }
`)
    expect(problems).toEqual([
      expect.stringMatching(
        /^incumbent\.yaml:1: at provders: expected one of database, providers, .*, got the unknown key "provders"; did you mean "providers"\?$/,
      ),
      'incumbent.yaml:3: at providers.gemini.requestsPerMinute: expected a number, got "fast"',
      expect.stringMatching(
        /^incumbent\.yaml:3: at providers\.gemini\.colour: expected one of kind, .* got the unknown key "colour"$/,
      ),
      'incumbent.yaml:5: at models[0].provider: expected one of gemini, ollama, rules, simulated, got "olama"; did you mean "ollama"?',
      'incumbent.yaml:8: at tiers.1.weights: expected weights that sum to 1, got 0.5 + 0.4 + 0.2 = 1.1',
      expect.stringMatching(
        /^incumbent\.yaml:9: at tiers\.1\.schedule: expected the hour as 0 to 23, .* got "0 25 \* \* 0"$/,
      ),
      'incumbent.yaml:10: at tiers.1.candidates[1]: expected a language model, got the baseline "rules-basic"',
      'incumbent.yaml:11: at tiers.4: expected task, dataset and candidates, as tier 4 has no default, got nothing',
      'incumbent.yaml:12: at schedule.timeZone: expected a time zone of the IANA database, such as Europe/Vienna or UTC, got "Europe/Wien"',
      'incumbent.yaml:13: at reports.email.to[0]: expected an e-mail address, got "team"',
    ])
  })

  test.each([
    ['a list instead of a map', '- a', 'at the top level: expected a map, got a list'],
    [
      'a tier without a number',
      'tiers: { core: {} }',
      'at tiers.core: expected the number of a tier: 1, 2, 3, …, got "core"',
    ],
    [
      'no tier at all',
      'tiers: { 1: none, 2: none, 3: none }',
      'at tiers: expected at least one tier, got none for all',
    ],
    [
      'two tiers with one name',
      'tiers: { 2: { name: core } }',
      'at tiers.2.name: expected a name of its own, got "core" as for another tier',
    ],
    [
      'a tier without candidates',
      'tiers: { 1: { candidates: [] } }',
      'at tiers.1.candidates: expected a list of at least 1 entry, got an empty list',
    ],
    [
      'a candidate that stands twice',
      'tiers: { 1: { candidates: [a, a] } }',
      'at tiers.1.candidates[1]: expected each model once, got "a" again',
    ],
    [
      'a baseline on the seat',
      'tiers: { 1: { initial: rules-basic } }',
      'at tiers.1.initial: expected a language model or none, got a baseline',
    ],
    [
      'a model of the rules as a candidate',
      '{ models: [{ name: own, provider: rules }], tiers: { 1: { candidates: [own] } } }',
      'at tiers.1.candidates[0]: expected a language model, got the baseline "own"',
    ],
    [
      'a baseline as a fallback',
      'tiers: { 1: { fallbacks: [rules-basic] } }',
      'at tiers.1.fallbacks[0]: expected a language model, got the baseline "rules-basic"',
    ],
    [
      'a label of nobody',
      'tiers: { 2: { labels: { gemini-1.5-flsh: x } } }',
      'at tiers.2.labels.gemini-1.5-flsh: expected a candidate of the tier, got "gemini-1.5-flsh"; did you mean "gemini-1.5-flash"?',
    ],
    [
      'a reference of nothing',
      'tiers: { 1: { targets: { latencyMs: 0 } } }',
      'at tiers.1.targets.latencyMs: expected a number of more than 0, got 0',
    ],
    [
      'a policy that nobody has',
      'tiers: { 1: { rollout: { policy: always } } }',
      'at tiers.1.rollout.policy: expected one of auto, approve, recommend-only, got "always"',
    ],
    [
      'fewer samples than can tell models apart',
      'tiers: { 1: { minimumSamples: 5 } }',
      'at tiers.1.minimumSamples: expected a number of at least 10, got 5',
    ],
    [
      'a version that is none',
      'tiers: { 1: { dataset: job-analysis@latest } }',
      'at tiers.1.dataset: expected a dataset such as job-analysis or job-analysis@v1, got "job-analysis@latest"',
    ],
    [
      'a model that stands twice',
      'models: [{ name: a, provider: ollama }, { name: a, provider: ollama }]',
      'at models[1].name: expected each name once, got "a" again',
    ],
    [
      'a simulated model without behaviour',
      'models: [{ name: a, provider: simulated }]',
      'at models[0]: expected "simulated" with errorRate and latencyMs, as the provider is simulated, got nothing',
    ],
    [
      'behaviour of a real model',
      'models: [{ name: a, provider: ollama, simulated: { errorRate: 0, latencyMs: 1 } }]',
      'at models[0].simulated: expected no "simulated", as the provider is a real one, got a map',
    ],
    [
      'a price without its day',
      'models: [{ name: a, provider: ollama, price: { inputUsdPer1k: 1, outputUsdPer1k: 1 } }]',
      'at models[0].price.asOf: expected text, got nothing',
    ],
    [
      'a name with a comma',
      'models: [{ name: "a,b", provider: ollama }]',
      'at models[0].name: expected the name of a model (no spaces, no commas), got "a,b"',
    ],
    [
      'a provider of no kind',
      'providers: { vllm: { baseUrl: "http://a/v1" } }',
      'at providers.vllm: expected a kind (one of gemini, ollama, openai, rules, simulated), as "vllm" is none itself',
    ],
    [
      'a provider of a wrong kind',
      'providers: { vllm: { kind: opnai } }',
      'at providers.vllm.kind: expected one of gemini, ollama, openai, rules, simulated (did you mean "openai"?), got "opnai"',
    ],
    [
      'a server without an address',
      'providers: { vllm: { kind: openai } }',
      'at providers.vllm: expected a baseUrl, such as http://127.0.0.1:8000/v1, got nothing',
    ],
    [
      'an address of the baselines',
      'providers: { rules: { baseUrl: "http://a" } }',
      'at providers.rules.baseUrl: expected no baseUrl, as the kind is rules; leave it out',
    ],
    [
      'watts of a machine that is not one’s own',
      'providers: { gemini: { watts: 300 } }\nelectricity: { usdPerKwh: 0.3, watts: 350, asOf: 2026-01-31 }',
      'at providers.gemini.watts: expected no watts, as the kind is gemini; leave it out',
    ],
    [
      'watts without a tariff',
      'providers: { ollama: { watts: 300 } }',
      'at providers.ollama.watts: expected electricity: { usdPerKwh, watts, asOf } in this file too, as watts cost nothing without it',
    ],
    [
      'a password in an address',
      'providers: { ollama: { baseUrl: "http://u:p@a" } }',
      'at providers.ollama.baseUrl: expected an http or https address without user and password, got one with them',
    ],
    [
      'another kind of database',
      'database: { url: "sqlite:a" }',
      'at database.url: expected a PostgreSQL address (postgres://…), or none for the embedded database, got "sqlite:a"',
    ],
  ])('counts %s', (_what, text, problem) => {
    expect(problemsOf(text)).toEqual([`incumbent.yaml:1: ${problem}`])
  })

  test('is a list of lines of YAML where it is no YAML', () => {
    expect(problemsOf('tiers: [\n')).toEqual([
      'incumbent.yaml is not valid YAML.',
      expect.stringMatching(/^incumbent\.yaml:\d: /),
    ])
    expect(problemsOf('budget: {}\nbudget: {}\n')[1]).toBe('incumbent.yaml:2: Map keys must be unique')
  })
})

describe('weights', () => {
  test('may miss the sum of 1 by a rounding error', () => {
    expect(
      configOf('tiers: { 1: { weights: { accuracy: 0.7, speed: 0.2, cost: 0.1 } } }').tiers[0]?.weights.accuracy,
    ).toBe(0.7)
    expect(configOf('tiers: { 1: { weights: { accuracy: 0.1, speed: 0.2, cost: 0.7 } } }').tiers[0]?.weights.cost).toBe(
      0.7,
    )
  })
})
