import type { JsonObject } from '../../shared/json.ts'
import type { HttpReply } from '../http-client.ts'
import { replyProblem } from '../provider-errors/reply-problem.ts'

/** Settings that some servers or models do not take; the rest of a request is the question itself. */
const optionalSettings = [
  'temperature',
  'seed',
  'chat_template_kwargs',
  'top_p',
  'presence_penalty',
  'frequency_penalty',
  'parallel_tool_calls',
  'stream_options',
] as const
type Setting = (typeof optionalSettings)[number] | 'max_tokens'

const warnings: Readonly<Record<Setting, string | undefined>> = {
  temperature: 'The model takes no temperature: its own was used.',
  seed: 'The model takes no seed.',
  top_p: 'The model takes no top_p: its own was used.',
  presence_penalty: 'The model takes no presence_penalty.',
  frequency_penalty: 'The model takes no frequency_penalty.',
  parallel_tool_calls: 'The model takes no parallel_tool_calls.',
  stream_options: 'The server gives no counts with a stream.',
  // Whether it thinks shows in its reply.
  chat_template_kwargs: undefined,
  max_tokens: undefined,
}

export interface RefusedSettings {
  /** The request without what the model does not take. */
  without(modelId: string, body: JsonObject): JsonObject
  /** Reads out of a refusal which setting of the request it was about; false when it was about none. */
  learn(modelId: string, body: JsonObject, reply: HttpReply): boolean
  /** One for each setting that answers are made without. */
  warnings(modelId: string): string[]
}

export function createRefusedSettings(): RefusedSettings {
  const refused = new Map<string, Set<Setting>>()
  const of = (modelId: string) => refused.get(modelId) ?? new Set<Setting>()
  return {
    without(modelId, body) {
      const accepted = { ...body }
      for (const setting of of(modelId)) {
        // Reasoning models of OpenAI know the limit only by its newer name.
        if (setting === 'max_tokens' && body.max_tokens !== undefined) {
          accepted.max_completion_tokens = body.max_tokens
        }
        delete accepted[setting]
      }
      return accepted
    },
    learn(modelId, body, reply) {
      const setting = refusedSetting(body, reply)
      if (setting === undefined) return false
      refused.set(modelId, of(modelId).add(setting))
      return true
    },
    warnings: (modelId) => [...of(modelId)].map((setting) => warnings[setting]).filter((text) => text !== undefined),
  }
}

/** Servers name the setting in a field or in their words, never in what they repeat of the request. */
function refusedSetting(body: JsonObject, reply: HttpReply): Setting | undefined {
  if (reply.status !== 400 && reply.status !== 422) return undefined
  const { message, isOfProtocol } = replyProblem(reply)
  const words = isOfProtocol ? (message ?? '') : ''
  if ('max_tokens' in body && reply.text.includes('unsupported_parameter') && words.includes('max_completion_tokens')) {
    return 'max_tokens'
  }
  return optionalSettings.find((setting) => {
    const field = new RegExp(`"(param|loc)"\\s*:\\s*(\\[[^\\]]*)?"${setting}"`)
    return setting in body && (new RegExp(`\\b${setting}\\b`).test(words) || field.test(reply.text))
  })
}
