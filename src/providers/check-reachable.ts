import { type ListedModel, type Provider, ProviderError } from './provider.ts'
import { remedyFor } from './remedy.ts'

export type Reachability =
  /** `models` is undefined where the provider is there and could not list them just now. */
  { status: 'reachable'; models: ListedModel[] | undefined } | { status: 'unavailable'; reason: string; remedy: string }

const usualTimeoutMs = 2_000

/**
 * Asks a provider for its models, so that nobody waits for one that is not there. An in-process provider is always there.
 * Rejects with the signal's reason when it is aborted.
 */
export async function checkReachable(
  provider: Provider,
  signal: AbortSignal,
  timeoutMs: number = usualTimeoutMs,
): Promise<Reachability> {
  const late = AbortSignal.timeout(timeoutMs)
  try {
    return { status: 'reachable', models: await provider.listModels(AbortSignal.any([signal, late])) }
  } catch (error) {
    signal.throwIfAborted()
    if (late.aborted) return unavailable(provider, `no answer within ${timeoutMs / 1000} s`, 'unreachable')
    if (!(error instanceof ProviderError)) throw error
    if (isThere(error)) return { status: 'reachable', models: undefined }
    return unavailable(provider, error.message.replace(/\.$/, ''), error.kind)
  }
}

/** A provider that is busy, or that lists nothing, may still answer. */
function isThere({ kind, status }: ProviderError): boolean {
  return status === 404 || (kind !== 'unreachable' && kind !== 'auth' && kind !== 'timeout')
}

function unavailable({ kind }: Provider, reason: string, errorKind: string): Reachability {
  return { status: 'unavailable', reason, remedy: remedyFor(kind, errorKind) }
}
