import { createHash } from 'node:crypto'
import type { JsonObject, JsonValue } from '../shared/json.ts'
import { mulberry32 } from '../shared/mulberry32.ts'
import { type Generated, type Provider, ProviderError } from './provider.ts'

/** How a simulated model behaves. Every figure is stated, none is measured. */
export interface SimulatedBehaviour {
  /** Probability that a leaf of the right answer is replaced by a wrong one, on a sample of average difficulty. */
  errorRate: number
  /** Median; single calls vary around it log-normally. */
  latencyMs: number
  /** Probability that a call times out. */
  failureRate: number
  tokens: { input: number; output: number }
}

/** task name → sample key → the right answer. */
export type AnswerBook = ReadonlyMap<string, ReadonlyMap<string, JsonObject>>

const latencySpread = 0.25

/**
 * Models that draw their answers from an answer book with stated error, latency and failure rates. The book is given
 * here and never through a request. Latency is returned, never slept. The same request gives the same answer.
 */
export function createSimulatedProvider(options: {
  answerBook: AnswerBook
  behaviours: ReadonlyMap<string, SimulatedBehaviour>
  seed: number
}): Provider {
  const { answerBook, behaviours, seed } = options
  return {
    kind: 'simulated',
    async generate(request) {
      const behaviour = behaviours.get(request.modelId)
      if (behaviour === undefined)
        throw new ProviderError('model-not-found', `No simulated model "${request.modelId}".`)
      const { sample } = request
      const right = sample === undefined ? undefined : answerBook.get(sample.task)?.get(sample.key)
      if (sample === undefined || right === undefined) {
        throw new ProviderError(
          'invalid-request',
          'The answer book of the simulated models has no answer to this request.',
        )
      }
      const random = mulberry32(seedFor(seed, request.modelId, sample.task, sample.key, sample.repeat))
      if (random() < behaviour.failureRate) {
        throw new ProviderError('timeout', 'Simulated: no answer in time.')
      }
      const difficulty = 2 * mulberry32(seedFor(seed, sample.task, sample.key))()
      return generated(behaviour, distorted(right, behaviour.errorRate * difficulty, random), random)
    },
    async listModels() {
      return [...behaviours.keys()].map((id) => ({ id, contextTokens: undefined, description: 'simulated' }))
    },
  }
}

function seedFor(seed: number, ...parts: (string | number)[]): number {
  return createHash('sha256')
    .update(JSON.stringify([seed, ...parts]))
    .digest()
    .readUInt32LE(0)
}

function generated(behaviour: SimulatedBehaviour, answer: JsonValue, random: () => number): Generated {
  const { input, output } = behaviour.tokens
  return {
    text: JSON.stringify(answer),
    finishReason: { unified: 'stop', raw: 'simulated' },
    usage: { inputTokens: input, outputTokens: output, reasoningTokens: undefined, cachedInputTokens: undefined },
    timing: {
      totalMs: behaviour.latencyMs * Math.exp(latencySpread * standardNormal(random)),
      firstTokenMs: undefined,
      loadMs: undefined,
      queueMs: undefined,
    },
    warnings: [],
    modelVersion: 'simulated',
  }
}

/** Box-Muller. */
function standardNormal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
}

/** The answer with each leaf replaced by a wrong one with probability `rate`; the shape stays. */
function distorted(value: JsonValue, rate: number, random: () => number): JsonValue {
  if (Array.isArray(value)) return value.map((element) => distorted(element, rate, random))
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, distorted(inner, rate, random)]))
  }
  return random() < rate ? wrong(value, random) : value
}

function wrong(leaf: string | number | boolean | null, random: () => number): JsonValue {
  if (typeof leaf === 'boolean') return !leaf
  if (typeof leaf === 'number') return leaf + (random() < 0.5 ? -1 : 1) * Math.max(3, Math.round(Math.abs(leaf) * 0.3))
  return leaf === null ? 'invented' : 'wrong'
}
