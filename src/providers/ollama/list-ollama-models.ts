import type { Ollama } from 'ollama'
import { type ListedModel, ProviderError } from '../provider.ts'
import type { Endpoint } from '../provider-errors/endpoint.ts'
import { withinDeadline } from '../within-deadline.ts'
import { type ModelFacts, shortDigest, shownFacts, tagsSchema } from './model-facts.ts'
import { callOllama } from './ollama-fetch.ts'

const listTimeoutMs = 30_000

/** The models that are there and can chat. */
export async function listOllamaModels(
  clientFor: (signal: AbortSignal) => Ollama,
  endpoint: Endpoint,
  signal: AbortSignal = new AbortController().signal,
): Promise<ListedModel[]> {
  return withinDeadline(endpoint, { signal, timeoutMs: listTimeoutMs }, async (deadline) => {
    const client = clientFor(deadline)
    const { models } = tagsSchema.parse(await callOllama(endpoint, () => client.list()))
    const listed = await Promise.all(
      models.map(async ({ name, digest, details }): Promise<ListedModel | undefined> => {
        const facts = await factsIfShown(client, endpoint, name)
        if (!canChat(facts)) return undefined
        const words = [details.parameter_size, details.quantization_level].filter((word) => word !== undefined)
        return {
          id: name,
          contextTokens: facts?.trainedContextTokens,
          description: words.length === 0 ? undefined : words.join(' '),
          version: shortDigest(digest),
        }
      }),
    )
    return listed.filter((model) => model !== undefined)
  })
}

/** A model that went away, or cannot be read, while the list was made is listed without its facts. */
async function factsIfShown(
  client: Ollama,
  endpoint: Endpoint,
  model: string,
): Promise<Omit<ModelFacts, 'version'> | undefined> {
  try {
    return shownFacts(await callOllama(endpoint, () => client.show({ model })))
  } catch (error) {
    if (error instanceof ProviderError) return undefined
    throw error
  }
}

/** Servers that are too old to say what a model can are taken at their word that it is a model. */
function canChat(facts: Omit<ModelFacts, 'version'> | undefined): boolean {
  return facts === undefined || facts.capabilities.length === 0 || facts.capabilities.includes('completion')
}
