import type { GenerateRequest, Usage } from '../provider.ts'

const charactersPerToken = 4

/** Before the call only the prompt can be counted, and only roughly; the count of the answer replaces it. */
export function estimatedTokens({ messages }: GenerateRequest): number {
  const characters = messages.reduce((sum, { content }) => sum + content.length, 0)
  return Math.ceil(characters / charactersPerToken)
}

/** What an answer used of a limit of tokens; undefined where the provider does not say. */
export function tokensOf({ inputTokens, outputTokens }: Usage): number | undefined {
  return inputTokens === undefined ? undefined : inputTokens + (outputTokens ?? 0)
}
