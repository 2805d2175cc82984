import { type Environment, variable } from './environment.ts'
import { ollamaAddress } from './ollama-address.ts'
import { type ProviderEntry, providerKinds } from './provider-schema.ts'
import { type Secret, secret } from './secret.ts'

export type ProviderKind = (typeof providerKinds)[number]

/** How a provider is reached and how hard it may be used. A limit that is undefined does not limit. */
export interface ProviderConfig {
  readonly name: string
  readonly kind: ProviderKind
  readonly apiKey: Secret | undefined
  /** Without a slash at the end; undefined is the vendor's own address, or nothing to reach (rules, simulated). */
  readonly baseUrl: string | undefined
  readonly requestsPerMinute: number | undefined
  readonly tokensPerMinute: number | undefined
  readonly requestsPerDay: number | undefined
  readonly concurrency: number
  readonly timeoutMs: number
  /** What the machine of a local server draws while it answers; undefined: `electricity.watts`. */
  readonly watts?: number | undefined
  /** What the answers of a simulated provider are drawn from; the others do not read it. */
  readonly seed: number
}

/** Local servers compute one answer after the other; a rented one takes a few at a time; in-process ones are stored in groups. */
const limitsByKind: Readonly<Record<ProviderKind, { concurrency: number; timeoutMs: number }>> = {
  gemini: { concurrency: 4, timeoutMs: 60_000 },
  ollama: { concurrency: 1, timeoutMs: 300_000 },
  openai: { concurrency: 4, timeoutMs: 120_000 },
  rules: { concurrency: 8, timeoutMs: 60_000 },
  simulated: { concurrency: 8, timeoutMs: 60_000 },
}

/** Providers that are there without being named. */
export const usualProviders = ['gemini', 'ollama', 'rules', 'simulated'] as const

/** The providers of the file and the usual ones, by name. */
export function completeProviders(
  entries: Readonly<Record<string, ProviderEntry>>,
  environment: Environment,
): Record<string, ProviderConfig> {
  const names = [...new Set([...usualProviders, ...Object.keys(entries)])]
  return Object.fromEntries(names.map((name) => [name, completeProvider(name, entries[name] ?? {}, environment)]))
}

/** The kind of a provider: what it says, else its name where that is a kind. */
export function kindOf(name: string, entry: { kind?: unknown }): ProviderKind | undefined {
  return providerKinds.find((kind) => kind === (entry.kind ?? name))
}

function completeProvider(name: string, entry: ProviderEntry, environment: Environment): ProviderConfig {
  const kind = kindOf(name, entry)
  // The cross-checks refuse such an entry before.
  if (kind === undefined) throw new Error(`The provider ${name} has no kind.`)
  return {
    name,
    kind,
    apiKey: entry.apiKey ?? usualKey(name, environment),
    baseUrl: (entry.baseUrl ?? usualAddress(name, environment))?.replace(/\/+$/, ''),
    requestsPerMinute: entry.requestsPerMinute,
    tokensPerMinute: entry.tokensPerMinute,
    requestsPerDay: entry.requestsPerDay,
    concurrency: entry.concurrency ?? limitsByKind[kind].concurrency,
    timeoutMs: entry.timeoutMs ?? limitsByKind[kind].timeoutMs,
    watts: entry.watts,
    seed: entry.seed ?? 1,
  }
}

/** By name and not by kind: the key of one service is never sent to another. */
function usualKey(name: string, environment: Environment): Secret | undefined {
  const key = name === 'gemini' ? variable(environment, 'GEMINI_API_KEY') : undefined
  return key === undefined ? undefined : secret(key.trim())
}

function usualAddress(name: string, environment: Environment): string | undefined {
  if (name === 'openai') return 'https://api.openai.com/v1'
  return name === 'ollama' ? ollamaAddress(variable(environment, 'OLLAMA_HOST') ?? '127.0.0.1') : undefined
}
