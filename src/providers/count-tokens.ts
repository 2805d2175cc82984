import type { Message } from '../tasks/task.ts'
import { type Provider, ProviderError } from './provider.ts'
import { countLocally, type localEncoding } from './tokens/local-tokenizer.ts'
import type { Prompt } from './tokens/prompt.ts'

export interface TokenCount {
  tokens: number
  /** The model's own server, with its tokenizer and template; else the tokenizer of another family, here. */
  countedBy: 'server' | typeof localEncoding
}

/**
 * Tokens of a prompt as the model reads it, template included; counted by the server where that can count.
 * Rejects with the signal's reason when it is aborted.
 */
export async function countTokens(provider: Provider, prompt: Prompt): Promise<TokenCount> {
  const counted = await countByServer(provider, prompt)
  if (counted !== undefined) return { tokens: counted, countedBy: 'server' }
  prompt.signal.throwIfAborted()
  return { tokens: await countPrompt(prompt), countedBy: 'o200k_base' }
}

/**
 * Whether a prompt has at most so many tokens. A short one is known to fit without being counted.
 * @returns `count` is undefined where it was not needed
 */
export async function fitsInto(
  provider: Provider,
  prompt: Prompt,
  maxTokens: number,
): Promise<{ fits: boolean; count: TokenCount | undefined }> {
  if (mostTokens(prompt) <= maxTokens) return { fits: true, count: undefined }
  const count = await countTokens(provider, prompt)
  return { fits: count.tokens <= maxTokens, count }
}

async function countByServer(provider: Provider, prompt: Prompt): Promise<number | undefined> {
  try {
    return await provider.countTokens?.(prompt)
  } catch (error) {
    if (error instanceof ProviderError) return undefined
    throw error
  }
}

/** OpenAI's own template puts three tokens around each message, and three before the answer. */
const tokensPerMessage = 3

async function countPrompt({ messages, tools = [] }: Prompt): Promise<number> {
  const texts = [...messages.flatMap(textsOf), ...tools.map((tool) => JSON.stringify(tool))]
  let tokens = tokensPerMessage * (messages.length + 1)
  for (const text of texts) tokens += await countLocally(text)
  return tokens
}

function textsOf(message: Message): string[] {
  const calls = message.role === 'assistant' ? (message.toolCalls ?? []) : []
  return [message.role, message.content, ...calls.flatMap(({ name, arguments: args }) => [name, args])]
}

/** Room for the marks of a message, and for the instruction that some templates add where there is none. */
const mostTokensPerMessage = 16
const mostTokensOfTemplate = 1_024

/** A token is at least one byte of text. Tools are written into the prompt in ways of which none is the longest. */
function mostTokens({ messages, tools = [] }: Prompt): number {
  if (tools.length > 0) return Number.POSITIVE_INFINITY
  const bytes = messages.flatMap(textsOf).reduce((sum, text) => sum + Buffer.byteLength(text), 0)
  return bytes + mostTokensPerMessage * messages.length + mostTokensOfTemplate
}
