import { ProviderError } from '../provider.ts'
import { addressOf, type Endpoint } from './endpoint.ts'

/** The body ended early or is no JSON: something broke on the way, so that another attempt can succeed. */
export function brokenReply(endpoint: Endpoint): ProviderError {
  return new ProviderError('unreachable', `The reply of ${addressOf(endpoint)} broke off, or is no JSON.`, {
    isRetryable: true,
  })
}

/** A whole reply that is none of the protocol: something else answers there. */
export function foreignReply(endpoint: Endpoint, came: string): ProviderError {
  return new ProviderError(
    'unreachable',
    `${addressOf(endpoint)} answered with ${came}: expected a reply of its protocol. Is the base URL right?`,
  )
}

/** @throws ProviderError when the text is an HTML page or no JSON */
export function parsedReply(endpoint: Endpoint, text: string): unknown {
  if (text.trimStart().startsWith('<')) throw foreignReply(endpoint, 'an HTML page')
  try {
    return JSON.parse(text)
  } catch {
    throw brokenReply(endpoint)
  }
}
