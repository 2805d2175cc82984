import { defaultTiers } from './default-tiers.ts'

/** What the file is written for. */
export interface InitialSituation {
  hasGeminiKey: boolean
  hasDatabaseUrl: boolean
  /** Where Ollama answers; undefined where none does. */
  ollamaUrl: string | undefined
  ollamaModels: readonly string[]
  /** Path of the JSON Schema for editors, relative to the file; undefined leaves the hint out. */
  schemaPath: string | undefined
}

/**
 * A commented `incumbent.yaml`: active is only what differs from the defaults. A `#` without a space
 * at the beginning of a line switches off configuration, any other comment is prose; with all of it switched on the file
 * is valid too.
 */
export function renderInitFile(situation: InitialSituation): string {
  const { schemaPath } = situation
  const parts = [
    schemaPath === undefined ? [] : [`# yaml-language-server: $schema=${schemaPath}`],
    introduction,
    databasePart(situation),
    providersPart(situation),
    modelsPart(situation),
    tiersPart(situation),
    closingPart,
  ]
  return `${parts
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`
}

const introduction = [
  '# Configuration of Incumbent. All of it is optional; docs/configuration.md explains every key.',
  '# Where a line begins with # and no space follows, it is switched off: take the # away to use it.',
  '# Secrets never stand here, only the names of their variables, which are set in the environment or in .env.',
]

function databasePart({ hasDatabaseUrl }: InitialSituation): string[] {
  const now = hasDatabaseUrl
    ? 'DATABASE_URL is set and is used without being named here; "none" would take the embedded database'
    : 'DATABASE_URL is not set: everything is kept in an embedded database in .incumbent/'
  const url = hasDatabaseUrl ? `\${DATABASE_URL}` : `\${DATABASE_URL:-none}`
  return [`# ${now}.`, `#database: { url: ${url} }`]
}

function providersPart({ hasGeminiKey, ollamaUrl }: InitialSituation): string[] {
  return [
    `# gemini: GEMINI_API_KEY is ${hasGeminiKey ? 'set' : 'not set: its models are skipped'}.`,
    `# ollama: ${ollamaUrl === undefined ? 'none answered' : `answered at ${ollamaUrl}`}; OLLAMA_HOST counts without being named here.`,
    '#providers:',
    '  #gemini: { requestsPerMinute: 15, requestsPerDay: 1500 }',
    '  #ollama: { concurrency: 1, timeoutMs: 300000 }',
    `  #vllm: { kind: openai, baseUrl: http://127.0.0.1:8000/v1, apiKey: \${VLLM_API_KEY} }`,
  ]
}

function modelsPart({ ollamaModels }: InitialSituation): string[] {
  if (ollamaModels.length > 0) {
    const entries = ollamaModels.map((name) => `  - { name: ${quoted(name)}, provider: ollama }`)
    return ['# Models beside those that Incumbent knows.', 'models:', ...entries]
  }
  return [
    '# Models beside those that Incumbent knows.',
    '#models:',
    '  #- { name: my-model, provider: ollama, id: "my-model:latest", contextTokens: 8192 }',
  ]
}

function tiersPart({ hasGeminiKey, ollamaModels }: InitialSituation): string[] {
  const isOllamaOnly = ollamaModels.length > 0 && !hasGeminiKey
  return isOllamaOnly ? ollamaTiers(ollamaModels) : usualTiers(ollamaModels)
}

function ollamaTiers(models: readonly string[]): string[] {
  const tiers = Object.entries(defaultTiers).flatMap(([id, { name }]) => [
    `  ${id}: # ${name}`,
    `    candidates: ${list(models)}`,
    '    initial: none # the first evaluation gives the seat to the best of them',
    ...ownersChoices,
  ])
  return ['# Without a key for Gemini the models of Ollama are the candidates.', 'tiers:', ...tiers]
}

function usualTiers(ollamaModels: readonly string[]): string[] {
  const tiers = Object.entries(defaultTiers).flatMap(([id, { name, candidates, initial }]) => [
    `  #${id}: # ${name}`,
    `    #candidates: ${list([...candidates, ...ollamaModels])}`,
    `    #initial: ${initial} # or none`,
    ...ownersChoices,
  ])
  const hint = ollamaModels.length > 0 ? ' The models of Ollama are challengers once these lines are switched on.' : ''
  return [`# What is not named of a tier keeps its default.${hint}`, '#tiers:', ...tiers]
}

const ownersChoices = [
  '    #weights: { accuracy: 0.5, speed: 0.3, cost: 0.2 }',
  '    #targets: { latencyMs: 2000, costUsd: 0.004, p95Ms: 8000 }',
  '    #rollout: { policy: auto } # auto | approve | recommend-only',
]

const closingPart = [
  '# When the cycle runs; the time zone is the one of the machine unless it is named.',
  '#schedule: { timeZone: UTC, report: "30 2 * * 0", send: "0 3 * * 0" }',
  '',
  '# Where reports go beside the folder reports/.',
  '#reports:',
  `  #slack: { channel: "#models", token: \${SLACK_BOT_TOKEN} }`,
  `  #email: { to: [team@example.com], smtp: \${SMTP_URL} }`,
  '',
  '# From which severity on alerts go there: info, warning, critical, or none.',
  '#alerts: { slack: info, email: warning }',
  '',
  '# Evaluations stop here.',
  '#budget: { cycleUsd: 5, monthUsd: 60 }',
  '',
  '#server: { host: 127.0.0.1, port: 4080 }',
]

function list(names: readonly string[]): string {
  return `[${names.map(quoted).join(', ')}]`
}

/** Names of local models hold colons and slashes. */
function quoted(name: string): string {
  return /^[a-z][\w.-]*$/i.test(name) ? name : JSON.stringify(name)
}
