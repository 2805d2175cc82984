import { DummyDriver, Kysely, PostgresAdapter, PostgresIntrospector, PostgresQueryCompiler } from 'kysely'
import OpenAI from 'openai'
import { afterAll } from 'vitest'
import type { Tables } from '../../src/database/tables.ts'
import type { StreamPiece } from '../../src/providers/chat-settings.ts'
import type { Generated } from '../../src/providers/provider.ts'
import type { Answered, AnsweredStream, Gateway, GatewayRequest, ServedBy } from '../../src/serving/gateway/answerer.ts'
import { createMetrics } from '../../src/serving/metrics.ts'
import { createRequestLog } from '../../src/serving/request-log.ts'
import { type Service, type ServiceOptions, startService } from '../../src/serving/start-service.ts'
import { createFakeClock } from '../support/fake-clock.ts'

export interface StartedService extends Service {
  /** The official client; it repeats nothing. */
  client: OpenAI
  /** What was asked of the answerer. */
  asked: GatewayRequest[]
  /** What the next requests get. */
  answersWith(answer: Gateway['answer']): void
  /** The lines of the log. */
  lines(): Record<string, unknown>[]
}

/** A service on a free port whose answers the test writes; it is stopped when the suite ends. */
export async function startedService(otherwise: Partial<ServiceOptions> = {}): Promise<StartedService> {
  const asked: GatewayRequest[] = []
  let answer: Gateway['answer'] = () => Promise.resolve(whole())
  let written = ''
  const clock = createFakeClock()
  const write = (text: string) => {
    written += text
  }
  const log = createRequestLog(write, () => clock.now())
  const service = await startService({
    host: '127.0.0.1',
    port: 0,
    clock,
    db: databaseThatAnswers(),
    gateway: {
      answer: (request) => {
        asked.push(request)
        return answer(request)
      },
      models: () => [
        { id: 'tier-1', createdAt: clock.now(), ownedBy: 'incumbent' },
        { id: 'Qwen/Qwen3-4B', createdAt: clock.now(), ownedBy: 'vllm' },
      ],
      missing: () => [],
      stop: () => Promise.resolve(),
    },
    tokens: { exist: () => false, nameOf: () => undefined },
    metrics: createMetrics(),
    log,
    ...otherwise,
  })
  afterAll(() => service.stop())
  return {
    ...service,
    client: clientFor(service.url),
    asked,
    answersWith: (next) => {
      answer = next
    },
    lines: () => {
      log.flush()
      return written
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line) as Record<string, unknown>)
    },
  }
}

export function clientFor(url: string, apiKey = 'none'): OpenAI {
  return new OpenAI({ baseURL: `${url}/v1`, apiKey, maxRetries: 0 })
}

export const servedByIncumbent: ServedBy = {
  model: 'qwen3-4b',
  tier: 1,
  stage: 'none',
  attempt: 1,
  rolloutId: undefined,
}

export function generated(otherwise: Partial<Generated> = {}): Generated {
  return {
    text: 'Hello!',
    finishReason: { unified: 'stop', raw: 'stop' },
    usage: { inputTokens: 12, outputTokens: 3, reasoningTokens: 1, cachedInputTokens: 4 },
    timing: { totalMs: 5, firstTokenMs: undefined, loadMs: undefined, queueMs: undefined },
    warnings: [],
    modelVersion: 'qwen3:4b@abc',
    ...otherwise,
  }
}

export function whole(otherwise: Partial<Generated> = {}, servedBy: Partial<ServedBy> = {}): Answered {
  return { kind: 'whole', generated: generated(otherwise), servedBy: { ...servedByIncumbent, ...servedBy } }
}

/** Pieces as they come from a provider, and at last the whole. */
export function streamed(pieces: readonly StreamPiece[], otherwise: Partial<Generated> = {}): AnsweredStream {
  async function* sent(): AnsweredStream['pieces'] {
    yield* pieces
    return generated(otherwise)
  }
  return { kind: 'stream', pieces: sent(), servedBy: servedByIncumbent }
}

export function textPieces(...texts: string[]): StreamPiece[] {
  return texts.map((text) => ({ kind: 'text', text }))
}

export const hello = { model: 'tier-1', messages: [{ role: 'user' as const, content: 'Hello' }] }

/** Every query succeeds and finds nothing. */
function databaseThatAnswers(): Kysely<Tables> {
  return new Kysely<Tables>({
    dialect: {
      createAdapter: () => new PostgresAdapter(),
      createDriver: () => new DummyDriver(),
      createIntrospector: (db) => new PostgresIntrospector(db),
      createQueryCompiler: () => new PostgresQueryCompiler(),
    },
  })
}
