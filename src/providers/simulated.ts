import { createHash } from 'node:crypto'
import type { JsonValue } from '../shared/json.ts'
import { mulberry32 } from '../shared/mulberry32.ts'
import { type Generated, type GenerateRequest, type Provider, ProviderError } from './provider.ts'
import { type AnswerBook, entryFor } from './simulated-entry.ts'
import { distorted } from './simulated-error.ts'

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

const latencySpread = 0.25
const firstTokenShare = 0.2

/** Characters of a piece of a stream. */
const pieceLength = 24

/**
 * Models that draw their answers from an answer book with stated error, latency and failure rates. The book is given
 * here and never through a request. Latency is returned, never slept. The same request gives the same answer. A request of
 * an application gets an answer of the book that has the form it asks for, whatever it says.
 */
export function createSimulatedProvider(options: {
  answerBook: AnswerBook
  behaviours: ReadonlyMap<string, SimulatedBehaviour>
  seed: number
}): Provider {
  const { answerBook, behaviours, seed } = options

  async function generate(request: GenerateRequest): Promise<Generated> {
    request.signal.throwIfAborted()
    const behaviour = behaviours.get(request.modelId)
    if (behaviour === undefined) throw new ProviderError('model-not-found', `No simulated model "${request.modelId}".`)
    const { task: folder, key, repeat, right, warnings } = entryFor(answerBook, request)
    const task = withoutPlace(folder)
    const random = mulberry32(seedFor(seed, request.modelId, task, key, repeat))
    if (random() < behaviour.failureRate) {
      throw new ProviderError('timeout', 'Simulated: no answer in time.')
    }
    const difficulty = 2 * mulberry32(seedFor(seed, task, key))()
    return {
      ...generated(behaviour, distorted(right, request.answerSchema, behaviour.errorRate * difficulty, random), random),
      warnings,
    }
  }

  return {
    kind: 'simulated',
    generate,
    async *stream(request) {
      const answered = await generate(request)
      const { text, timing } = answered
      for (let start = 0; start < text.length; start += pieceLength) {
        yield { kind: 'text', text: text.slice(start, start + pieceLength) }
      }
      return { ...answered, timing: { ...timing, firstTokenMs: firstTokenShare * timing.totalMs } }
    },
    async listModels() {
      return [...behaviours.keys()].map((id) => ({ id, contextTokens: undefined, description: 'simulated' }))
    },
  }
}

/** A seed gives the same answers wherever the golden data lies. */
function withoutPlace(folder: string): string {
  return folder.split(/[\\/]/).slice(-2).join('/')
}

function seedFor(seed: number, ...parts: (string | number)[]): number {
  return createHash('sha256')
    .update(JSON.stringify([seed, ...parts]))
    .digest()
    .readUInt32LE(0)
}

function generated(
  behaviour: SimulatedBehaviour,
  answer: JsonValue,
  random: () => number,
): Omit<Generated, 'warnings'> {
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
    modelVersion: 'simulated',
  }
}

/** Box-Muller. */
function standardNormal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
}
