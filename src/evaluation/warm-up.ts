import { type GenerateRequest, type Provider, ProviderError } from '../providers/provider.ts'

/**
 * Has a model loaded by one call that does not count: the probe of its server where one is due, else the question. A failure
 * is no result: the calls that follow fail by themselves and are counted. Rejects when the request is aborted.
 */
export async function warmUp(provider: Provider, request: GenerateRequest): Promise<void> {
  // A server that is still loading the model refuses the probe; the question is repeated until it answers.
  const isLoaded = await unlessProviderError(provider.probe?.(request))
  if (isLoaded !== true) await unlessProviderError(provider.generate(request))
}

async function unlessProviderError<T>(call: Promise<T> | undefined): Promise<T | undefined> {
  try {
    return await call
  } catch (error) {
    if (error instanceof ProviderError) return undefined
    throw error
  }
}
