import type { Clock } from '../shared/clock.ts'
import type { StreamPiece } from './chat-settings.ts'
import { type Generated, type GenerateRequest, type Provider, ProviderError } from './provider.ts'

/** A connection that was kept open, and was closed at the other end just when it was used, fails at once. */
const quickMs = 250

/**
 * Asks once more, at once, where a connection died as soon as it was used. For requests that somebody waits for: after
 * any other failure their caller asks the next model instead of waiting.
 */
export function withQuickRetry(provider: Provider, clock: Clock): Provider {
  const nowMs = () => clock.now().getTime()

  /** @throws the failure itself when it was no quick one */
  function worthAnother(error: unknown, startedMs: number): void {
    const isQuick = error instanceof ProviderError && isDeadConnection(error) && nowMs() - startedMs <= quickMs
    if (!isQuick) throw error
  }

  async function generate(request: GenerateRequest): Promise<Generated> {
    const startedMs = nowMs()
    try {
      return await provider.generate(request)
    } catch (error) {
      worthAnother(error, startedMs)
      return second(await provider.generate(request).catch(secondFailed))
    }
  }

  async function* streamed(
    stream: NonNullable<Provider['stream']>,
    request: GenerateRequest,
  ): AsyncGenerator<StreamPiece, Generated> {
    const startedMs = nowMs()
    try {
      return yield* stream(request)
    } catch (error) {
      worthAnother(error, startedMs)
    }
    try {
      return second(yield* stream(request))
    } catch (error) {
      return secondFailed(error)
    }
  }

  const { stream } = provider
  return { ...provider, generate, ...(stream === undefined ? {} : { stream: (request) => streamed(stream, request) }) }
}

function isDeadConnection({ kind, isRetryable, isMidStream, attempts, status }: ProviderError): boolean {
  return kind === 'unreachable' && isRetryable && !isMidStream && attempts > 0 && status === undefined
}

function second(generated: Generated): Generated {
  return { ...generated, attempts: 1 + (generated.attempts ?? 1) }
}

function secondFailed(error: unknown): never {
  if (error instanceof ProviderError) error.attempts += 1
  throw error
}
