import type { ProviderConfig } from '../config/provider-config.ts'
import type { Clock } from '../shared/clock.ts'
import { createBreaker } from './breaker.ts'
import { createGeminiProvider } from './gemini/create-gemini-provider.ts'
import { loadPool } from './http-client.ts'
import { createOllamaProvider } from './ollama/create-ollama-provider.ts'
import { createOpenAiProvider } from './openai/create-openai-provider.ts'
import { placementOf } from './placement.ts'
import type { Provider } from './provider.ts'
import type { DayCounter } from './throttle/day-counter.ts'
import { gatesOf } from './throttle/gates-of.ts'
import { type LiveLimits, withThrottle } from './throttle/with-throttle.ts'
import { withQuickRetry } from './with-quick-retry.ts'
import { withRetry } from './with-retry.ts'

export interface ProviderDependencies {
  clock: Clock
  /** Uniform in [0, 1): the jitter of waits. */
  random: () => number
  dayCounter: DayCounter
  /** Context of a model in tokens by the provider's id of it, where the registry or the configuration says. */
  contextTokensOf?: (modelId: string) => number | undefined
  /**
   * For requests that somebody waits for: they go before an evaluation's, are refused rather than kept waiting, and are
   * not repeated but for a connection that died at once. Default false.
   */
  isLive?: boolean | undefined
}

export type CreatedProvider =
  | { status: 'ready'; provider: Provider }
  | { status: 'unavailable'; reason: string; remedy: string }

/**
 * The adapter of a configured provider with its throttle, its breaker and its retries. All that are made of the same
 * settings in a process share their limits. Make it once for each use: what it finds out not to work, it knows for itself.
 * Nothing is called yet.
 */
export function createProvider(settings: ProviderConfig, dependencies: ProviderDependencies): CreatedProvider {
  const adapter = createAdapter(settings, dependencies)
  if ('reason' in adapter) return { status: 'unavailable', ...adapter }
  const { clock, random, dayCounter, isLive = false } = dependencies
  const { name, kind, baseUrl, requestsPerMinute, tokensPerMinute, requestsPerDay, concurrency } = settings
  // An evaluation loads it at its first call; of applications nobody is to wait for it.
  if (isLive) void loadPool()
  const isLocal = placementOf({ providerKind: kind, baseUrl }) === 'local'
  const throttled = withThrottle(adapter, {
    gates: gatesOf(settings, clock),
    breaker: createBreaker(clock),
    name,
    limits: { concurrency, requestsPerMinute, tokensPerMinute, requestsPerDay },
    isShared: isLocal,
    clock,
    dayCounter,
    live: isLive ? liveLimits(isLocal) : undefined,
  })
  return {
    status: 'ready',
    provider: isLive ? withQuickRetry(throttled, clock) : withRetry(throttled, { clock, random }),
  }
}

/**
 * The slots of a computer of one's own are those of its accelerator. A rented model takes as many requests as come, and
 * says when they are too many: `concurrency` is how hard an evaluation may use it.
 */
function liveLimits(isLocal: boolean): LiveLimits {
  return { takesSlots: isLocal, maxWaitMs: longestLiveWaitMs }
}

/** After that the next model of the tier is sooner. */
const longestLiveWaitMs = 5_000

interface Missing {
  reason: string
  remedy: string
}

function createAdapter(
  settings: ProviderConfig,
  { clock, contextTokensOf, isLive = false }: ProviderDependencies,
): Provider | Missing {
  const { name, kind, baseUrl } = settings
  const apiKey = settings.apiKey?.reveal()
  switch (kind) {
    case 'gemini':
      if (apiKey === undefined) return missingKey(name, 'GEMINI_API_KEY')
      return createGeminiProvider({ apiKey, baseUrl, clock, name: name === 'gemini' ? 'Gemini' : name })
    case 'ollama':
      if (baseUrl === undefined) return missingAddress(name, 'http://127.0.0.1:11434')
      return createOllamaProvider({ baseUrl, contextTokensOf, clock, name: name === 'ollama' ? 'Ollama' : name })
    case 'openai':
      if (baseUrl === undefined) return missingAddress(name, 'http://127.0.0.1:8000/v1')
      if (apiKey === undefined && needsKey(baseUrl)) return missingKey(name, 'OPENAI_API_KEY')
      return createOpenAiProvider({
        baseUrl,
        apiKey,
        clock,
        name: name === 'openai' ? 'OpenAI' : name,
        probesFirst: !isLive,
      })
    case 'rules':
    case 'simulated':
      // These know the tasks, and are made by whoever has them.
      throw new Error(`The provider ${name} is of kind ${kind}, which calls nobody.`)
  }
}

/** Other servers may be open to everyone who reaches them. */
function needsKey(baseUrl: string): boolean {
  return new URL(baseUrl).hostname === 'api.openai.com'
}

function missingKey(name: string, variable: string): Missing {
  if (name === 'gemini') return { reason: `no ${variable}`, remedy: `Set ${variable} in .env` }
  const setting = `providers: { ${name}: { apiKey: \${${variable}} } }`
  return {
    reason: `no API key for ${name}`,
    remedy: `Write ${setting} into incumbent.yaml and set ${variable} in .env`,
  }
}

function missingAddress(name: string, example: string): Missing {
  const setting = `providers: { ${name}: { baseUrl: ${example} } }`
  return { reason: `no address for ${name}`, remedy: `Write ${setting}, with its address, into incumbent.yaml` }
}
