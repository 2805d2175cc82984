import { isJsonObject, type JsonObject, type JsonValue } from '../../src/shared/json.ts'
import { listIn, numberIn, objectIn, textIn, tokensOf } from './loopback-answers.ts'
import { countedBy } from './loopback-openai-counts.ts'
import { streamed } from './loopback-openai-stream.ts'
import { runLoopbackProcess } from './loopback-process.ts'
import {
  type Asked,
  type Loopback,
  type LoopbackOptions,
  type Protocol,
  type Reply,
  startLoopback,
} from './loopback-server.ts'

export const openAiFaults = [
  ...(['429-retry-after', '429-bare', 'insufficient-quota', '402', '500', '503', '529', '501'] as const),
  ...(['bad-key', 'forbidden', 'echoes-key', 'unknown-model', 'wrong-path', 'redirect', 'context-too-long'] as const),
  ...([
    'refuses-schema',
    'refuses-every-schema',
    'ignores-schema',
    'refuses-temperature',
    'refuses-max-tokens',
    'refuses-template',
  ] as const),
  ...(['error-in-ok', 'no-choices', 'safety', 'refusal', 'thinking', 'older-thinking', 'inline-thinking'] as const),
  ...(['empty', 'empty-at-limit', 'cut-at-limit', 'no-usage'] as const),
] as const
export type OpenAiFault = (typeof openAiFaults)[number]

export function startLoopbackOpenAi(options: LoopbackOptions<OpenAiFault> = {}): Promise<Loopback<OpenAiFault>> {
  return startLoopback(openAiProtocol, options)
}

const openAiProtocol: Protocol<OpenAiFault> = {
  faults: openAiFaults,
  basePath: '/v1',
  keyOf: ({ headers }) => headers.authorization?.replace(/^Bearer /, ''),
  readQuestion({ method, path, body }) {
    if (method !== 'POST' || path !== '/chat/completions' || !isJsonObject(body)) return undefined
    const schema = objectIn(objectIn(body.response_format).json_schema).schema
    return {
      model: textIn(body.model),
      prompt: listIn(body.messages)
        .map(({ content }) => textIn(content))
        .join('\n'),
      schema: isJsonObject(schema) ? schema : undefined,
      maxOutputTokens: numberIn(body.max_tokens) ?? numberIn(body.max_completion_tokens),
      body,
    }
  },
  reply: (asked, text, fault) => failure(asked, fault) ?? { status: 200, body: completion(asked, text, fault) },
  stream: ({ body }, reply) => (body.stream === true ? streamed(reply, objectIn(body.stream_options)) : undefined),
  wrongKey: () => error(401, 'Incorrect API key provided.', 'invalid_request_error', 'invalid_api_key'),
  replyToOther({ path, body }) {
    const counted = countedBy(path, objectIn(body))
    if (counted !== undefined) return counted
    if (path !== '/models') return { status: 404, body: { detail: 'Not Found' } }
    const model = (id: string) => ({
      id,
      object: 'model',
      created: 1_763_000_000,
      owned_by: 'vllm',
      max_model_len: 8192,
    })
    return { status: 200, body: { object: 'list', data: ['Qwen/Qwen3-4B', 'BAAI/bge-embed'].map(model) } }
  },
}

/** A probe asks for a word that no prompt mentions; faults of the schema itself are the only ones that it meets. */
export function isProbe({ prompt }: Asked): boolean {
  return prompt === 'Say hello.'
}

function error(status: number, message: string, type: string, code: JsonValue = null, param: JsonValue = null): Reply {
  return { status, body: { error: { message, type, param, code } } }
}

function failure(asked: Asked, fault: OpenAiFault | undefined): Reply | undefined {
  const { model, body } = asked
  const unsupported = (name: string, more = '') =>
    name in body
      ? error(
          400,
          `Unsupported parameter: '${name}' is not supported with this model.${more}`,
          'invalid_request_error',
          'unsupported_parameter',
          name,
        )
      : undefined
  switch (fault) {
    case '429-retry-after':
      return {
        ...error(429, 'Rate limit reached.', 'requests', 'rate_limit_exceeded'),
        headers: { 'retry-after': '7' },
      }
    case '429-bare':
      return error(429, 'Too many requests.', 'rate_limit_error')
    case 'insufficient-quota':
      return error(429, 'You exceeded your current quota.', 'insufficient_quota', 'insufficient_quota')
    case '402':
      return error(402, 'Insufficient Balance', 'unknown_error', 'invalid_request_error')
    case '500':
      return error(500, 'The server had an error while processing your request.', 'server_error')
    case '503':
      return error(503, 'Loading model', 'unavailable_error', 503)
    case '529':
      return error(529, 'Overloaded', 'overloaded_error')
    case '501':
      return error(501, 'Not implemented.', 'not_implemented')
    case 'bad-key':
      return openAiProtocol.wrongKey()
    case 'forbidden':
      return error(403, `Project does not have access to model ${model}.`, 'invalid_request_error', 'model_not_found')
    case 'echoes-key':
      return error(
        401,
        'Incorrect API key provided: loopback-secret-key. Sent: Bearer loopback-secret-key, sk-abcdef123456.',
        'invalid_request_error',
        'invalid_api_key',
      )
    case 'unknown-model':
      return error(404, `The model \`${model}\` does not exist.`, 'NotFoundError', 404)
    case 'wrong-path':
      return { status: 404, body: { detail: 'Not Found' } }
    case 'redirect':
      return { status: 308, headers: { location: 'https://elsewhere.example/v1/' }, body: '' }
    case 'context-too-long':
      return error(
        400,
        "This model's maximum context length is 2048 tokens. However, you requested 3000 tokens.",
        'BadRequestError',
        400,
      )
    case 'refuses-schema':
      return isProbe(asked)
        ? undefined
        : error(400, "Invalid schema for response_format 'answer'.", 'invalid_request_error', null, 'response_format')
    case 'refuses-every-schema':
      return 'response_format' in body
        ? error(400, 'This response_format type is unavailable now', 'invalid_request_error')
        : undefined
    case 'refuses-temperature':
      return unsupported('temperature')
    case 'refuses-max-tokens':
      return unsupported('max_tokens', " Use 'max_completion_tokens' instead.")
    case 'refuses-template':
      return 'chat_template_kwargs' in body
        ? {
            status: 422,
            body: {
              detail: [
                {
                  type: 'extra_forbidden',
                  loc: ['body', 'chat_template_kwargs'],
                  msg: 'Extra inputs are not permitted',
                  input: { seed: 1 },
                },
              ],
            },
          }
        : undefined
    case 'error-in-ok':
      return { status: 200, body: { error: { code: 429, message: 'Provider returned error' } } }
    case 'no-choices':
      return { status: 200, body: { object: 'list', data: [] } }
    default:
      return undefined
  }
}

function completion(asked: Asked, text: string, fault: OpenAiFault | undefined): JsonObject {
  const limit = asked.maxOutputTokens ?? 0
  const calls = (asked.calls ?? []).map(({ name, arguments: args }, index) => ({
    id: `call_${asked.index}_${index}`,
    type: 'function',
    function: { name, arguments: JSON.stringify(args) },
  }))
  const { message, reason, tokens, reasoning } = spoken(fault === 'ignores-schema' ? 'Hello!' : text, limit, fault)
  const prompt = tokensOf(asked.prompt)
  const usage = {
    prompt_tokens: prompt,
    completion_tokens: tokens,
    total_tokens: prompt + tokens,
    prompt_tokens_details: { cached_tokens: 4, audio_tokens: 0 },
    completion_tokens_details: { reasoning_tokens: reasoning, audio_tokens: 0 },
  }
  return {
    id: 'chatcmpl-loopback',
    object: 'chat.completion',
    created: 1_763_000_000,
    model: asked.model,
    choices: [
      calls.length === 0
        ? { index: 0, message: { role: 'assistant', refusal: null, ...message }, logprobs: null, finish_reason: reason }
        : { index: 0, message: { role: 'assistant', content: null, tool_calls: calls }, finish_reason: 'tool_calls' },
    ],
    ...(fault === 'no-usage' ? {} : { usage }),
    system_fingerprint: `fp_${asked.index}`,
  }
}

function spoken(text: string, limit: number, fault: OpenAiFault | undefined) {
  const usual = { message: { content: text } as JsonObject, reason: 'stop', tokens: tokensOf(text), reasoning: 0 }
  const thought = 'The posting says {"so": 1}.'
  switch (fault) {
    case 'safety':
      return { ...usual, message: { content: '' }, reason: 'content_filter' }
    case 'refusal':
      return { ...usual, message: { content: null, refusal: 'I cannot help with that.' } }
    case 'thinking':
      return { ...usual, message: { content: text, reasoning: thought }, tokens: 90, reasoning: 57 }
    case 'older-thinking':
      return { ...usual, message: { content: text, reasoning_content: thought }, tokens: 90, reasoning: 57 }
    case 'inline-thinking':
      return { ...usual, message: { content: `${thought}\n</think>\n\n${text}` }, tokens: 90 }
    case 'empty':
      return { ...usual, message: { content: '' }, tokens: 0 }
    case 'empty-at-limit':
      return { message: { content: null } as JsonObject, reason: 'length', tokens: limit, reasoning: limit }
    case 'cut-at-limit':
      return { ...usual, message: { content: text.slice(0, text.length / 2) }, reason: 'length', tokens: limit }
    default:
      return usual
  }
}

if (import.meta.main) await runLoopbackProcess(startLoopbackOpenAi)
