import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { UserError } from '../../src/shared/user-error.ts'
import { configOf, problemsOf } from './config-folder.ts'

const placesWithX = `
baselines: X
baselines: [X]
budget: X
budget: { monthUsd: X }
database: { url: X }
tiers: X
tiers: { 1: X }
tiers: { 1: { weights: X } }
tiers: { 1: { weights: { accuracy: X } } }
tiers: { 1: { schedule: X } }
tiers: { 1: { candidates: [a, X, X] } }
tiers: { 1: { initial: X } }
tiers: { 1: { candidates: [X], labels: { a: X } } }
tiers: { 1: { targets: { p95Ms: X } } }
tiers: { 1: { name: X } }
models: [X]
models: [{ name: a, provider: X }]
models: [{ name: X, provider: ollama, family: X }]
providers: { a: { kind: X } }
providers: { ollama: { baseUrl: X } }
providers: { gemini: X }
schedule: { timeZone: X, send: X }
reports: { email: { to: [X], smtp: X } }
server: { port: X }
`
  .trim()
  .split('\n')

describe('a variable in the file', () => {
  test('may stand in any text, alone or between other text, and for a number', () => {
    const environment = { HOST: 'gpu', PORT: '8001', RPM: '15' }
    const { providers } = configOf(
      `providers: { vllm: { kind: openai, baseUrl: "http://\${HOST}:\${PORT}/v1", requestsPerMinute: \${RPM} } }`,
      environment,
    )
    expect(providers.vllm).toMatchObject({ baseUrl: 'http://gpu:8001/v1', requestsPerMinute: 15 })
  })

  test('has its default when it is unset or empty', () => {
    const text = `server: { host: \${HOST:-0.0.0.0}, port: \${PORT:-80} }`
    expect(configOf(text, { PORT: '' }).server).toEqual({ host: '0.0.0.0', port: 80 })
    expect(configOf(text, { HOST: 'here', PORT: '1' }).server).toEqual({ host: 'here', port: 1 })
  })

  test('works unquoted inside braces and brackets, where YAML alone would stumble', () => {
    const { reports } = configOf(`reports: { email: { to: [ \${A}, \${B:-b@example.com} ] } }`, { A: 'a@example.com' })
    expect(reports.email?.to).toEqual(['a@example.com', 'b@example.com'])
  })

  test('is an error with its line when it is unset and no secret', () => {
    expect(problemsOf(`server:\n  port: \${PORT}\n`)).toEqual([
      `incumbent.yaml:2: at server.port: expected the environment variable PORT to be set, got nothing; set it in .env or write \${PORT:-default}`,
    ])
  })

  test('counts as absent when it is unset and a secret, so that an example works without keys', () => {
    const { providers, reports } = configOf(`
providers: { gemini: { apiKey: \${GEMINI_API_KEY} }, vllm: { kind: openai, baseUrl: http://a/v1, apiKey: \${VLLM_API_KEY} } }
reports: { slack: { channel: "#m", token: \${SLACK_BOT_TOKEN} }, email: { to: [a@example.com], smtp: \${SMTP_URL} } }`)
    expect(providers.vllm?.apiKey).toBeUndefined()
    expect(reports.slack).toEqual({ channel: '#m', token: undefined })
    expect(reports.email?.smtp).toBeUndefined()
  })

  test('is an error in the address of the database, which would be another one without a word', () => {
    const environment = { DATABASE_URL: 'postgres://of/another-application', PASSWORD: '' }
    for (const name of ['OWN_DATABASE', 'PASSWORD']) {
      const url = name === 'PASSWORD' ? `postgres://me:\${PASSWORD}@db/x` : `\${OWN_DATABASE}`
      expect(problemsOf(`database:\n  url: ${url}\n`, environment)).toEqual([
        `incumbent.yaml:2: at database.url: expected the environment variable ${name} to be set, got nothing; set it in .env or write url: none for the embedded database`,
      ])
    }
    expect(configOf(`database: { url: \${OWN_DATABASE:-none} }`, environment).database.url).toBeUndefined()
  })

  test('never shows its value in an error, wherever it was put', () => {
    const problems = problemsOf(
      `server: { port: \${KEY} }\nbudget: { cycleUsd: "\${KEY} USD" }\ntiers: { 1: { dataset: "\${KEY} x" } }`,
      { KEY: 'hunter2' },
    )
    expect(problems).toEqual([
      `incumbent.yaml:1: at server.port: expected a number, got the value of \${KEY}`,
      `incumbent.yaml:2: at budget.cycleUsd: expected a number, got the value of \${KEY} USD`,
      `incumbent.yaml:3: at tiers.1.dataset: expected a dataset such as job-analysis or job-analysis@v1, got the value of \${KEY} x`,
    ])
  })

  test('shows its value at no place of the file, whatever that place expects', () => {
    const place = fc.constantFrom(...placesWithX)
    const value = fc.stringMatching(/^[a-z]{3}[ -~]{0,3}hunter2[ -~]{0,3}$/)
    fc.assert(
      fc.property(place, value, (text, secretValue) => {
        try {
          configOf(`unknown: 1\n${text.replaceAll('X', `\${K}`)}`, { K: secretValue })
        } catch (error) {
          return error instanceof UserError && !error.message.includes('hunter2')
        }
        return false
      }),
      { numRuns: 300 },
    )
  })

  test('is refused when it is written in another way', () => {
    expect(problemsOf(`server: { host: "\${1}" }`)).toEqual([
      `incumbent.yaml:1: at server.host: expected \${NAME} or \${NAME:-default}, got another use of \${`,
    ])
  })
})

describe('a secret that stands in the file', () => {
  test.each([
    ['an API key', 'providers: { gemini: { apiKey: hunter2 } }', 'providers.gemini.apiKey'],
    ['a key as a default', `providers: { gemini: { apiKey: "\${K:-hunter2}" } }`, 'providers.gemini.apiKey'],
    ['a key beside a variable', `providers: { gemini: { apiKey: "hunter2\${K}" } }`, 'providers.gemini.apiKey'],
    ['a token', 'reports: { slack: { channel: "#m", token: hunter2 } }', 'reports.slack.token'],
    ['a database password', 'database: { url: "postgres://u:hunter2@db/x" }', 'database.url'],
    ['a password as a default', `database: { url: "\${D:-postgres://u:hunter2@db/x}" }`, 'database.url'],
    ['a password as a parameter', 'database: { url: "postgres://db/x?password=hunter2" }', 'database.url'],
    [
      'a mail password',
      'reports: { email: { to: [a@example.com], smtp: "smtp://u:hunter2@mail" } }',
      'reports.email.smtp',
    ],
  ])('is refused and not shown: %s', (_what, text, place) => {
    expect(problemsOf(text)).toEqual([
      `incumbent.yaml:1: at ${place}: expected \${NAME}, as secrets come only from the environment or from .env; got a literal value, not shown here`,
    ])
  })

  test('is none when it is an address without a password, or with one from the environment', () => {
    expect(configOf('database: { url: "postgres://db/x" }').database.url?.reveal()).toBe('postgres://db/x')
    const { database } = configOf(`database: { url: "postgres://u:\${PW}@db/x" }`, { PW: 'hunter2' })
    expect(database.url?.reveal()).toBe('postgres://u:hunter2@db/x')
  })
})
