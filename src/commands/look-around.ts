import { connect } from 'node:net'
import * as z from 'zod'
import { type Environment, variable } from '../config/environment.ts'
import { ollamaAddress } from '../config/ollama-address.ts'
import { UserError } from '../shared/user-error.ts'

/** What there is on this machine that Incumbent can use. */
export interface Surroundings {
  hasGeminiKey: boolean
  /** Ids of the models that Gemini says it has; undefined without a key, and where it does not say. */
  geminiModels: string[] | undefined
  /** Undefined where no Ollama answers. */
  ollama: { baseUrl: string; chatModels: string[] } | undefined
  /** `url`: DATABASE_URL is set; `local`: something listens on PostgreSQL's port of this machine. */
  postgres: 'url' | 'local' | 'none'
}

export interface LookingAround {
  environment: Environment
  fetch: typeof globalThis.fetch
  /** What Gemini has; undefined where it does not say. */
  listGemini: (apiKey: string) => Promise<string[] | undefined>
  /** Whether something listens on a port of this machine. */
  isListening: (port: number) => Promise<boolean>
}

const waitMs = 1_000
const postgresPort = 5432

/**
 * Looks for a key, an Ollama and a PostgreSQL. Nothing that does not answer within a second counts.
 * @throws UserError when OLLAMA_HOST is no address
 */
export async function lookAround(options: LookingAround): Promise<Surroundings> {
  const { environment, fetch, isListening, listGemini } = options
  const hasUrl = variable(environment, 'DATABASE_URL') !== undefined
  const key = variable(environment, 'GEMINI_API_KEY')
  const [geminiModels, ollama, isPostgresHere] = await Promise.all([
    key === undefined ? undefined : listGemini(key),
    findOllama(environment, fetch),
    isListening(postgresPort),
  ])
  return {
    hasGeminiKey: key !== undefined,
    geminiModels,
    ollama,
    postgres: hasUrl ? 'url' : isPostgresHere ? 'local' : 'none',
  }
}

export function isListeningHere(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port, timeout: waitMs })
    const answer = (isListening: boolean) => {
      socket.destroy()
      resolve(isListening)
    }
    socket.once('connect', () => answer(true))
    socket.once('timeout', () => answer(false))
    socket.once('error', () => answer(false))
  })
}

const tagsSchema = z.object({
  models: z.array(
    z.object({
      name: z.string(),
      remote_host: z.string().optional(),
      capabilities: z.array(z.string()).optional(),
      details: z.object({ family: z.string().optional() }).optional(),
    }),
  ),
})

type Tag = z.output<typeof tagsSchema>['models'][number]

async function findOllama(environment: Environment, fetch: LookingAround['fetch']): Promise<Surroundings['ollama']> {
  const host = variable(environment, 'OLLAMA_HOST') ?? '127.0.0.1'
  const baseUrl = ollamaAddress(host)
  if (baseUrl === undefined) {
    throw new UserError(
      'Expected OLLAMA_HOST to be host:port or an http address (no user, no password); mend or unset it.',
    )
  }
  try {
    const response = await fetch(`${baseUrl}/api/tags`, { signal: AbortSignal.timeout(waitMs) })
    const { models } = tagsSchema.parse(await response.json())
    return { baseUrl, chatModels: models.filter(canChat).map(({ name }) => name) }
  } catch {
    // Whatever it is that answers, or does not: it is no Ollama that can be used.
    return undefined
  }
}

/** Embedding models cannot answer, and a model that runs elsewhere is not free and local as the others are. */
function canChat({ name, remote_host, capabilities, details }: Tag): boolean {
  if (remote_host !== undefined && remote_host !== '') return false
  if (capabilities !== undefined) return capabilities.includes('completion')
  return !/bert/i.test(details?.family ?? '') && !/embed|rerank|minilm|\bbge\b/i.test(name)
}
