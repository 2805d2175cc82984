import { type Generated, type GenerateRequest, type Provider, ProviderError } from '../../../providers/provider.ts'
import type { Answered, AnsweredStream, GatewayRequest } from '../answerer.ts'
import type { Attempt, AttemptEnd, Finished } from './attempt.ts'
import { watchStream } from './watched-stream.ts'

export interface MadeAttempt {
  attempt: Attempt
  provider: Provider
  timeoutMs: number
  /** Whether that is less than the model is usually given: then to run out of it is not its fault. */
  isCut: boolean
  /** Called once, when the provider has no more to do for it. */
  leave: () => void
}

type Answer = Pick<Answered, 'kind' | 'generated'> | Pick<AnsweredStream, 'kind' | 'pieces'>

/**
 * Asks one model. `finished` is told once how it ended, with a stream when that has ended, and not at all where our own
 * limits kept the request from being sent.
 * @throws what the provider throws, in a stream before its first piece; the signal's reason when it is aborted
 */
export async function makeAttempt(
  { question, signal, wantsStream }: GatewayRequest,
  made: MadeAttempt,
  finished: Finished,
): Promise<Answer> {
  const { attempt, provider, timeoutMs, leave } = made
  const modelId = attempt.planned.model.providerModelId
  const request: GenerateRequest = { ...question, modelId, timeoutMs, signal, sample: undefined }
  const startedMs = performance.now()
  try {
    if (wantsStream && provider.stream !== undefined) {
      return await streamed(provider.stream(request), made, signal, finished)
    }
    const generated = await provider.generate(request)
    // The holder of the seat is asked instead.
    if (isBlocked(generated) && attempt.planned.arm === 'challenger') throw blockedBy(attempt)
    leave()
    finished(attempt, endOfAnswer(generated))
    return { kind: 'whole', generated }
  } catch (error) {
    leave()
    const end = endOfFailure(error, made, signal, { latencyMs: performance.now() - startedMs, firstTokenMs: undefined })
    if (end !== undefined) finished(attempt, end)
    throw error
  }
}

async function streamed(
  source: AnsweredStream['pieces'],
  made: MadeAttempt,
  signal: AbortSignal,
  finished: Finished,
): Promise<Answer> {
  const { attempt, leave } = made
  const watched = await watchStream(source, {
    ended(generated, { modelMs, firstPieceMs }) {
      leave()
      const { queueMs = 0, firstTokenMs = firstPieceMs - queueMs } = generated.timing
      finished(attempt, { outcome: 'answered', generated, latencyMs: modelMs - queueMs, firstTokenMs })
    },
    failed(error, { modelMs, firstPieceMs }) {
      leave()
      const end = endOfFailure(error, made, signal, { latencyMs: modelMs, firstTokenMs: firstPieceMs })
      if (end !== undefined) finished(attempt, end)
    },
    left({ modelMs, firstPieceMs }) {
      leave()
      finished(attempt, { outcome: 'cancelled', latencyMs: modelMs, firstTokenMs: firstPieceMs })
    },
  })
  return 'pieces' in watched ? { kind: 'stream', ...watched } : { kind: 'whole', ...watched }
}

/** What an answer is to whoever asked: one that was blocked is passed on with its finish reason, and is none. */
export function endOfAnswer(generated: Generated): AttemptEnd {
  const { totalMs: latencyMs, firstTokenMs } = generated.timing
  if (isBlocked(generated)) return { outcome: 'failed', failureKind: 'blocked', latencyMs, firstTokenMs }
  return { outcome: 'answered', generated, latencyMs, firstTokenMs }
}

/** Undefined where nothing was sent, or our own limits ended it. */
export function endOfFailure(
  error: unknown,
  { isCut }: Pick<MadeAttempt, 'isCut'>,
  signal: AbortSignal,
  { latencyMs, firstTokenMs }: { latencyMs: number; firstTokenMs: number | undefined },
): AttemptEnd | undefined {
  if (signal.aborted) return { outcome: 'cancelled', latencyMs, firstTokenMs }
  if (!(error instanceof ProviderError)) return { outcome: 'failed', failureKind: undefined, latencyMs, firstTokenMs }
  const { kind, attempts, waitedMs } = error
  if (attempts === 0 || (isCut && kind === 'timeout')) return undefined
  return { outcome: 'failed', failureKind: kind, latencyMs: Math.max(0, latencyMs - waitedMs), firstTokenMs }
}

function isBlocked({ finishReason, text }: Generated): boolean {
  return finishReason.unified === 'blocked' && text === ''
}

function blockedBy({ planned: { model } }: Attempt): ProviderError {
  return new ProviderError('blocked', `${model.name} answered nothing: its provider blocked the answer.`)
}
