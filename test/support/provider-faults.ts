import { expect } from 'vitest'
import { createGeminiProvider } from '../../src/providers/gemini/create-gemini-provider.ts'
import { createOllamaProvider } from '../../src/providers/ollama/create-ollama-provider.ts'
import { createOpenAiProvider } from '../../src/providers/openai/create-openai-provider.ts'
import { type Generated, type Provider, ProviderError, type ProviderErrorKind } from '../../src/providers/provider.ts'
import { withoutAddresses } from '../../src/providers/provider-errors/without-addresses.ts'
import { type geminiFaults, startLoopbackGemini } from './loopback-gemini.ts'
import { type ollamaFaults, startLoopbackOllama } from './loopback-ollama.ts'
import { isProbe, type openAiFaults, startLoopbackOpenAi } from './loopback-openai.ts'
import type { Asked, Loopback, Script, TransportFault } from './loopback-server.ts'

const secret = 'loopback-secret-key'

/** What a fault becomes: an error of a kind, or an answer (an empty object: one like any other). */
export type Expected =
  | { kind: ProviderErrorKind; isRetryable: boolean; retryAfterMs?: number; says?: RegExp }
  | {
      answer: {
        unified?: string
        text?: string
        warns?: RegExp
        attempts?: number
        usage?: Partial<Generated['usage']>
      }
    }

export const failed = (
  kind: ProviderErrorKind,
  isRetryable: boolean,
  more: { retryAfterMs?: number; says?: RegExp } = {},
): Expected => ({
  kind,
  isRetryable,
  ...more,
})

export const transport: Record<TransportFault, Expected> = {
  hang: failed('timeout', false, { says: /no answer within 0\.3 s/ }),
  reset: failed('unreachable', true),
  'reset-mid-body': failed('unreachable', true),
  'cut-json': failed('unreachable', true, { says: /broke off/ }),
  'html-error': failed('overloaded', true, { says: /502/ }),
  'html-page': failed('unreachable', false, { says: /HTML page/ }),
}

export const said = '{"title":"Welder","level":null,"skills":["MIG"]}'
const empty = { answer: { unified: 'stop', text: '' } }
const emptyAtLimit = { answer: { unified: 'length', text: '' } }
const cutAtLimit = { answer: { unified: 'length', text: said.slice(0, said.length / 2) } }
const noUsage = {
  answer: {
    text: said,
    usage: {
      inputTokens: undefined,
      outputTokens: undefined,
      reasoningTokens: undefined,
      cachedInputTokens: undefined,
    },
  },
}

export const gemini: Record<(typeof geminiFaults)[number], Expected> = {
  '429-retry-info': failed('rate-limited', true, { retryAfterMs: 7_500 }),
  '429-per-day': failed('quota-exhausted', true, { retryAfterMs: 36_000 }),
  '429-bare': failed('rate-limited', true),
  '500': failed('overloaded', true),
  '503': failed('overloaded', true, { says: /The model is overloaded/ }),
  'bad-key': failed('auth', false, { says: /API key not valid.*Check its API key/ }),
  'expired-key': failed('auth', false, { says: /expired/ }),
  forbidden: failed('auth', false),
  'no-such-country': failed('auth', false),
  'unknown-model': failed('model-not-found', false, { says: /models\/a-model is not found/ }),
  'bad-request': failed('invalid-request', false, { says: /too many states/ }),
  'refuses-thinking-settings': { answer: { text: said } },
  'refuses-penalties': { answer: { text: said } },
  'echoes-key': failed('auth', false),
  safety: { answer: { unified: 'blocked', text: '' } },
  'blocked-prompt': failed('blocked', false, { says: /SAFETY/ }),
  thinking: { answer: { text: said, usage: { outputTokens: 57 + said.length / 4, reasoningTokens: 57 } } },
  empty,
  'empty-at-limit': emptyAtLimit,
  'cut-at-limit': cutAtLimit,
  nothing: { answer: { unified: 'other', text: '' } },
  'no-usage': noUsage,
}

export const ollama: Record<(typeof ollamaFaults)[number], Expected> = {
  '500': failed('overloaded', true, { says: /system memory/ }),
  '503': failed('overloaded', true, { says: /server busy/ }),
  'unknown-model': failed('model-not-found', false, { says: /not found/ }),
  'bad-request': failed('invalid-request', false, { says: /invalid format/ }),
  'context-too-long': failed('invalid-request', false, { says: /context length/ }),
  truncates: failed('invalid-request', false, {
    says: /does not fit into the context of 2048 tokens.*raise contextTokens/,
  }),
  'error-in-ok': failed('overloaded', true, { says: /terminated/ }),
  'bad-key': failed('auth', false),
  thinking: { answer: { text: said, warns: /thought first: 27 characters/ } },
  'inline-thinking': { answer: { text: said, warns: /thought first: 27 characters/ } },
  empty,
  'empty-at-limit': emptyAtLimit,
  'cut-at-limit': cutAtLimit,
  'no-usage': noUsage,
  cached: { answer: { text: said, usage: { cachedInputTokens: 12 } } },
}

export const openAi: Record<(typeof openAiFaults)[number], Expected> = {
  '429-retry-after': failed('rate-limited', true, { retryAfterMs: 7_000 }),
  '429-bare': failed('rate-limited', true),
  'insufficient-quota': failed('quota-exhausted', false),
  '402': failed('quota-exhausted', false),
  '500': failed('overloaded', true),
  '503': failed('overloaded', true),
  '529': failed('overloaded', true),
  '501': failed('invalid-request', false),
  'bad-key': failed('auth', false),
  forbidden: failed('auth', false, { says: /does not have access/ }),
  'echoes-key': failed('auth', false),
  'unknown-model': failed('model-not-found', false, { says: /does not exist/ }),
  'wrong-path': failed('unreachable', false, { says: /Is the base URL right/ }),
  redirect: failed('unreachable', false, { says: /Is the base URL right/ }),
  'context-too-long': failed('invalid-request', false, { says: /maximum context length/ }),
  'refuses-schema': failed('invalid-request', false, { says: /Invalid schema/ }),
  'refuses-every-schema': { answer: { text: 'hello', warns: /takes no schema/ } },
  'ignores-schema': { answer: { text: 'Hello!', warns: /does not enforce the answer's schema/ } },
  'refuses-temperature': { answer: { text: said, warns: /takes no temperature/ } },
  'refuses-max-tokens': { answer: { text: said } },
  'refuses-template': { answer: { text: said } },
  'error-in-ok': failed('rate-limited', true),
  'no-choices': failed('unreachable', false, { says: /no chat completion/ }),
  safety: { answer: { unified: 'blocked', text: '' } },
  refusal: { answer: { unified: 'blocked', text: '' } },
  thinking: { answer: { text: said, warns: /thought first/, usage: { outputTokens: 90, reasoningTokens: 57 } } },
  'older-thinking': { answer: { text: said, warns: /thought first/ } },
  'inline-thinking': { answer: { text: said, warns: /thought first/ } },
  empty,
  'empty-at-limit': emptyAtLimit,
  'cut-at-limit': cutAtLimit,
  'no-usage': noUsage,
}

/** The server's faults that its schema probe must meet too, because they are about it. */
const faultsOfTheProbe = new Set([
  'refuses-schema',
  'refuses-every-schema',
  'ignores-schema',
  'refuses-temperature',
  'refuses-max-tokens',
  'refuses-template',
])

export interface Case<F extends string> {
  name: string
  faults: Record<string, Expected>
  start: () => Promise<Loopback<F>>
  provider: (url: string) => Provider
  modelId: string
}

export const cases: Case<never>[] = [
  {
    name: 'Gemini',
    faults: gemini,
    start: startLoopbackGemini as () => Promise<Loopback<never>>,
    provider: (baseUrl) => createGeminiProvider({ apiKey: secret, baseUrl }),
    modelId: 'a-model',
  },
  {
    name: 'Ollama',
    faults: ollama,
    start: startLoopbackOllama as () => Promise<Loopback<never>>,
    provider: (baseUrl) => createOllamaProvider({ baseUrl }),
    modelId: 'tiny',
  },
  {
    name: 'an OpenAI-compatible server',
    faults: openAi,
    start: startLoopbackOpenAi as () => Promise<Loopback<never>>,
    provider: (baseUrl) => createOpenAiProvider({ apiKey: secret, baseUrl }),
    modelId: 'a-model',
  },
]

/** What a server is told for a fault: faults of answers leave the probe of the schema alone. */
export function scriptOf(fault: string): Script<never> {
  const isOfAnswers = !faultsOfTheProbe.has(fault)
  const script: Script<string> = {
    answer: (asked: Asked) => (asked.schema === undefined || isProbe(asked) ? undefined : said),
    fault: (asked: Asked) => (isOfAnswers && isProbe(asked) ? undefined : fault),
  }
  return script as Script<never>
}

export type Outcome = { generated: Generated } | { error: unknown }

export function check(outcome: Outcome, expected: Expected): void {
  if ('kind' in expected) {
    const error = 'error' in outcome ? outcome.error : undefined
    expect(error, JSON.stringify(outcome)).toBeInstanceOf(ProviderError)
    if (!(error instanceof ProviderError)) return
    const { kind, isRetryable, retryAfterMs, message } = error
    expect({ kind, isRetryable, retryAfterMs }).toEqual({
      kind: expected.kind,
      isRetryable: expected.isRetryable,
      retryAfterMs: expected.retryAfterMs,
    })
    expect(message).toMatch(expected.says ?? /./)
    expect(withoutAddresses(message)).not.toMatch(/https?:|127\.0\.0\.1/)
    expect(inspected(error)).not.toMatch(/loopback-secret-key|sk-abcdef|AIzaSy/)
    return
  }
  if (!('generated' in outcome)) throw outcome.error
  const { text, finishReason, usage, warnings } = outcome.generated
  const { answer } = expected
  expect(text).toBe(answer.text)
  expect(finishReason.unified).toBe(answer.unified ?? 'stop')
  if (answer.warns !== undefined) expect(warnings.join(' ')).toMatch(answer.warns)
  else expect(warnings).toEqual([])
  expect(usage).toMatchObject(answer.usage ?? {})
}

/** Everything that a log could show of an error. */
function inspected(error: ProviderError): string {
  const causes = [error, error.cause].map((each) =>
    each instanceof Error ? `${each.stack} ${each.message}` : String(each),
  )
  return `${causes.join(' ')} ${JSON.stringify(error)}`
}
