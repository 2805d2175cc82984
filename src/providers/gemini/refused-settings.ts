import { type GenerateRequest, ProviderError } from '../provider.ts'
import { type GeminiBody, generateBody } from './generate-body.ts'
import { leastThinking } from './least-thinking.ts'

/** Settings that models of one family differ in; only the words of a refusal tell. */
const words = { thinking: /thinking/i, penalties: /penalty/i } as const
type Setting = keyof typeof words

export interface RefusedSettings {
  /** The request without what the model has refused. */
  bodyFor(request: GenerateRequest): GeminiBody
  /** Reads out of a failure which setting of the request the model refuses; false when it refuses none. */
  learn(request: GenerateRequest, error: unknown): boolean
}

export function createRefusedSettings(): RefusedSettings {
  const refused = new Map<string, Set<Setting>>()
  const of = (modelId: string) => refused.get(modelId) ?? new Set<Setting>()
  return {
    bodyFor(request) {
      const settings = of(request.modelId)
      const thinking = settings.has('thinking') ? undefined : leastThinking(request.modelId)
      return generateBody(request, thinking, { penalties: settings.has('penalties') })
    },
    learn(request, error) {
      if (!(error instanceof ProviderError) || error.kind !== 'invalid-request') return false
      const known = of(request.modelId)
      const setting = sent(request).find((name) => !known.has(name) && words[name].test(error.message))
      if (setting === undefined) return false
      refused.set(request.modelId, known.add(setting))
      return true
    },
  }
}

function sent({ modelId, presencePenalty, frequencyPenalty }: GenerateRequest): Setting[] {
  const hasPenalty = presencePenalty !== undefined || frequencyPenalty !== undefined
  return [
    ...(leastThinking(modelId) === undefined ? [] : (['thinking'] as const)),
    ...(hasPenalty ? (['penalties'] as const) : []),
  ]
}
