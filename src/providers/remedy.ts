import type { ProviderKind } from './provider.ts'

/**
 * What a person can do about a provider whose calls fail in this way.
 * @param name in the configuration, where it is known
 */
export function remedyFor(provider: ProviderKind, failure: string | undefined, name = 'the provider'): string {
  switch (failure) {
    case 'auth':
      return provider === 'gemini'
        ? 'Set a valid GEMINI_API_KEY in .env'
        : `Set a valid apiKey of ${name} in incumbent.yaml`
    case 'quota-exhausted':
      return 'Run again when its quota is renewed, or raise the quota'
    case 'rate-limited':
      return `Set requestsPerMinute of ${name} in incumbent.yaml to what it allows, and run again`
    case 'overloaded':
      return 'Run again when its provider answers'
    default:
      return toReach(provider, name)
  }
}

function toReach(provider: ProviderKind, name: string): string {
  if (provider === 'ollama') return 'Start it with `ollama serve`, or set OLLAMA_HOST to where it runs'
  if (provider === 'gemini') return 'Check the connection to the internet'
  return `Start the server, or correct baseUrl of ${name} in incumbent.yaml`
}
