/** Where an adapter calls, for the words of its messages. `secrets` never appear in them. */
export interface Endpoint {
  /** What people call it: Gemini, Ollama, or the name in the configuration. */
  name: string
  baseUrl: string
  secrets: readonly string[]
}

/** "Ollama at http://127.0.0.1:11434", without credentials that the address may carry. */
export function addressOf({ name, baseUrl }: Endpoint): string {
  if (!URL.canParse(baseUrl)) return `${name} at an address that is no URL`
  const { origin, pathname } = new URL(baseUrl)
  return `${name} at ${origin}${pathname.replace(/\/+$/, '')}`
}
