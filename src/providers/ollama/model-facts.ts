import type { Ollama } from 'ollama'
import * as z from 'zod'

/** What decides how a model is asked, and what tells its exact version. */
export interface ModelFacts {
  /** Empty for servers that are too old to say. */
  capabilities: string[]
  family: string | undefined
  trainedContextTokens: number | undefined
  /** Digest of the model and version of the server: both change answers. */
  version: string | undefined
}

const text = z.string().optional().catch(undefined)

const shownSchema = z
  .object({
    capabilities: z.array(z.string()).catch([]),
    details: z.object({ family: text }).catch({ family: undefined }),
    model_info: z.record(z.string(), z.unknown()).catch({}),
  })
  .catch({ capabilities: [], details: { family: undefined }, model_info: {} })

export const tagsSchema = z
  .object({
    models: z.array(
      z.object({
        name: z.string(),
        digest: text,
        details: z
          .object({ parameter_size: text, quantization_level: text })
          .catch({ parameter_size: undefined, quantization_level: undefined }),
      }),
    ),
  })
  .catch({ models: [] })

const versionSchema = z.object({ version: text }).catch({ version: undefined })

/** Rejects as the client does, for instance with `model-not-found`. */
export async function loadModelFacts(client: Ollama, modelId: string): Promise<ModelFacts> {
  const [shown, tags, server] = await Promise.all([client.show({ model: modelId }), client.list(), client.version()])
  return { ...shownFacts(shown), version: versionOf(modelId, tags, server) }
}

export function shownFacts(shown: unknown): Omit<ModelFacts, 'version'> {
  const { capabilities, details, model_info: info } = shownSchema.parse(shown)
  const context = Object.entries(info).find(([key]) => key.endsWith('.context_length'))?.[1]
  return {
    capabilities,
    family: details.family,
    trainedContextTokens: typeof context === 'number' && context > 0 ? context : undefined,
  }
}

/** As many digits of a digest as Ollama shows. */
export function shortDigest(digest: string | undefined): string | undefined {
  return digest?.replace(/^sha256:/, '').slice(0, 12)
}

function versionOf(modelId: string, tags: unknown, server: unknown): string | undefined {
  const { models } = tagsSchema.parse(tags)
  const digest = shortDigest(models.find(({ name }) => name === modelId || name === `${modelId}:latest`)?.digest)
  const { version } = versionSchema.parse(server)
  const parts = [digest, version === undefined ? undefined : `ollama ${version}`].filter((part) => part !== undefined)
  return parts.length === 0 ? undefined : parts.join(', ')
}
