import { ProviderError } from '../provider.ts'
import { addressOf, type Endpoint } from '../provider-errors/endpoint.ts'
import type { ModelFacts } from './model-facts.ts'

/**
 * What to say about thinking. A model that can think does so unless told not to, and a schema then holds only after the
 * thoughts; to one that cannot, the setting is an error.
 */
export function thinkSetting({ capabilities, family }: ModelFacts): { think?: false | 'low'; warnings: string[] } {
  if (!capabilities.includes('thinking')) return { warnings: [] }
  if (!/^gpt-?oss/.test(family ?? '')) return { think: false, warnings: [] }
  return { think: 'low', warnings: ['Thinking cannot be switched off: sent the level "low".'] }
}

/**
 * A prompt that fills the whole context was cut by a server that is too old to refuse it. That is an error and no
 * warning: an answer to part of the question says nothing about the model.
 */
export function promptDidNotFit(endpoint: Endpoint, modelId: string, contextTokens: number): ProviderError {
  return new ProviderError(
    'invalid-request',
    `The prompt does not fit into the context of ${contextTokens} tokens that ${addressOf(endpoint)} was asked to give ${modelId}: raise contextTokens of the model.`,
  )
}
