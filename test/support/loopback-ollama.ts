import { isJsonObject, type JsonObject } from '../../src/shared/json.ts'
import { listIn, numberIn, objectIn, textIn, tokensOf } from './loopback-answers.ts'
import { runLoopbackProcess } from './loopback-process.ts'
import {
  type Asked,
  type Loopback,
  type LoopbackOptions,
  type Protocol,
  type RecordedRequest,
  type Reply,
  type SaidCall,
  type StreamedBody,
  startLoopback,
} from './loopback-server.ts'
import { piecesOfText } from './loopback-stream.ts'

export const ollamaFaults = [
  ...([
    '500',
    '503',
    'unknown-model',
    'bad-request',
    'context-too-long',
    'truncates',
    'error-in-ok',
    'bad-key',
  ] as const),
  ...(['thinking', 'inline-thinking', 'empty', 'empty-at-limit', 'cut-at-limit', 'no-usage', 'cached'] as const),
] as const
export type OllamaFault = (typeof ollamaFaults)[number]

export function startLoopbackOllama(options: LoopbackOptions<OllamaFault> = {}): Promise<Loopback<OllamaFault>> {
  return startLoopback(ollamaProtocol, options)
}

const digest = '365c0bd3c000a25d28ddbf732fe1c6add414de7275464c4e4d1c3b5fcb5d8ad1'

interface Known {
  family: string
  capabilities: string[]
  context: number
}

const models: Record<string, Known> = {
  'llama3.2:3b': { family: 'llama', capabilities: ['completion', 'tools'], context: 131_072 },
  'qwen3:0.6b': { family: 'qwen3', capabilities: ['completion', 'tools', 'thinking'], context: 40_960 },
  'gpt-oss:20b': { family: 'gptoss', capabilities: ['completion', 'thinking'], context: 131_072 },
  'tiny:latest': { family: 'llama', capabilities: ['completion'], context: 2048 },
  'nomic-embed-text:latest': { family: 'nomic-bert', capabilities: ['embedding'], context: 2048 },
}

const ollamaProtocol: Protocol<OllamaFault> = {
  faults: ollamaFaults,
  basePath: '',
  keyOf: ({ headers }) => headers.authorization,
  readQuestion({ method, path, body }) {
    if (method !== 'POST' || path !== '/api/chat' || !isJsonObject(body)) return undefined
    return {
      model: textIn(body.model),
      prompt: listIn(body.messages)
        .map(({ content }) => textIn(content))
        .join('\n'),
      schema: isJsonObject(body.format) ? body.format : undefined,
      maxOutputTokens: numberIn(objectIn(body.options).num_predict),
      body,
    }
  },
  reply: (asked, text, fault) => failure(asked, fault) ?? { status: 200, body: answer(asked, text, fault) },
  stream: ({ body }, reply) => (body.stream === false || reply.error !== undefined ? undefined : streamed(reply)),
  wrongKey: () => error(401, 'unauthorized'),
  replyToOther: otherReply,
}

function otherReply({ method, path, body }: RecordedRequest): Reply {
  if (path === '/api/version') return { status: 200, body: { version: '0.33.0' } }
  if (path === '/api/tags') return { status: 200, body: { models: Object.keys(models).map(tag) } }
  if (path === '/api/ps') return { status: 200, body: { models: [] } }
  if (path === '/api/show' && method === 'POST') return shown(textIn(objectIn(body).model))
  return { status: 404, body: '404 page not found' }
}

function known(model: string): Known | undefined {
  return models[model] ?? models[`${model}:latest`]
}

function tag(name: string): JsonObject {
  const details = {
    parent_model: '',
    format: 'gguf',
    family: known(name)?.family ?? '',
    parameter_size: '3.2B',
    quantization_level: 'Q4_K_M',
  }
  return { name, model: name, modified_at: '2026-11-01T12:00:00.5+01:00', size: 2_019_393_189, digest, details }
}

function shown(model: string): Reply {
  const facts = known(model)
  if (facts === undefined) return notFound(model)
  const { family, capabilities, context } = facts
  const info = {
    'general.architecture': family,
    'general.parameter_count': 3_212_749_888,
    [`${family}.context_length`]: context,
  }
  const details = {
    parent_model: '',
    format: 'gguf',
    family,
    families: [family],
    parameter_size: '3.2B',
    quantization_level: 'Q4_K_M',
  }
  return {
    status: 200,
    body: {
      template: '{{ .Prompt }}',
      details,
      model_info: info,
      capabilities,
      modified_at: '2026-11-01T12:00:00.5+01:00',
    },
  }
}

function error(status: number, message: string): Reply {
  return { status, body: { error: message } }
}

function notFound(model: string): Reply {
  return error(404, `model '${model}' not found`)
}

function failure({ model, prompt, body }: Asked, fault: OllamaFault | undefined): Reply | undefined {
  const facts = known(model)
  if (facts === undefined || fault === 'unknown-model') return notFound(model)
  if (body.think === true && !facts.capabilities.includes('thinking'))
    return error(400, `"${model}" does not support thinking`)
  const numCtx = numberIn(objectIn(body.options).num_ctx) ?? 4096
  if (fault === 'context-too-long' || (fault !== 'truncates' && body.truncate === false && tokensOf(prompt) > numCtx)) {
    return error(400, 'the input length exceeds the context length')
  }
  if (listIn(body.tools).length > 0 && !facts.capabilities.includes('tools'))
    return error(400, `registry.ollama.ai/library/${model} does not support tools`)
  switch (fault) {
    case '500':
      return error(500, 'model requires more system memory (8.6 GiB) than is available (3.1 GiB)')
    case '503':
      return error(503, 'server busy, please try again.  maximum pending requests exceeded')
    case 'bad-key':
      return ollamaProtocol.wrongKey()
    case 'bad-request':
      return error(400, 'invalid format: expected "json" or a JSON schema')
    case 'error-in-ok':
      return { status: 200, body: { error: 'llama runner process has terminated: exit status 2' } }
    default:
      return undefined
  }
}

function answer(
  { model, prompt, maxOutputTokens, body, calls }: Asked,
  text: string,
  fault: OllamaFault | undefined,
): JsonObject {
  const numCtx = numberIn(objectIn(body.options).num_ctx) ?? 4096
  const said = spoken(text, maxOutputTokens ?? -1, fault)
  const durations = {
    total_duration: 900_000_000,
    load_duration: 300_000_000,
    prompt_eval_duration: 100_000_000,
    eval_duration: 400_000_000,
  }
  const counts = { prompt_eval_count: fault === 'truncates' ? numCtx : tokensOf(prompt), eval_count: said.tokens }
  const cached = fault === 'cached' ? { prompt_eval_cached_count: 12 } : {}
  return {
    model,
    created_at: '2026-11-22T01:00:00.123456789Z',
    message: { role: 'assistant', ...(calls === undefined ? said.message : calling(calls)) },
    done: true,
    done_reason: said.reason,
    ...(fault === 'no-usage' ? {} : { ...durations, ...counts, ...cached }),
  }
}

/** Whole objects as arguments, and ids only from newer servers on. */
function calling(calls: readonly SaidCall[]): JsonObject {
  return {
    content: '',
    tool_calls: calls.map(({ name, arguments: args }, index) => ({ function: { index, name, arguments: args } })),
  }
}

/** The same answer as its lines: thoughts, text and calls in pieces, and the counts in the last. */
function streamed(answered: JsonObject): StreamedBody {
  const { model, created_at, message, ...end } = answered
  const { content, thinking, tool_calls } = objectIn(message)
  const line = (said: JsonObject, more: JsonObject = { done: false }): string =>
    `${JSON.stringify({ model, created_at, message: { role: 'assistant', content: '', ...said }, ...more })}\n`
  return {
    contentType: 'application/x-ndjson',
    parts: [
      ...piecesOfText(textIn(thinking)).map((part) => line({ thinking: part })),
      ...piecesOfText(textIn(content)).map((part) => line({ content: part })),
      ...listIn(tool_calls).map((call) => line({ tool_calls: [call] })),
      line({}, end),
    ],
    failure: `${JSON.stringify({ error: 'llama runner process has terminated: exit status 2' })}\n`,
  }
}

function spoken(text: string, limit: number, fault: OllamaFault | undefined) {
  const usual = { message: { content: text } as JsonObject, reason: 'stop', tokens: tokensOf(text) }
  switch (fault) {
    case 'thinking':
      return { ...usual, message: { content: text, thinking: 'The posting says {"so": 1}.' }, tokens: 90 }
    case 'inline-thinking':
      return { ...usual, message: { content: `<think>\nThe posting says {"so": 1}.\n</think>\n\n${text}` }, tokens: 90 }
    case 'empty':
      return { ...usual, message: { content: '' }, tokens: 0 }
    case 'empty-at-limit':
      return { message: { content: '' }, reason: 'length', tokens: limit }
    case 'cut-at-limit':
      return { message: { content: text.slice(0, text.length / 2) }, reason: 'length', tokens: limit }
    default:
      return usual
  }
}

if (import.meta.main) await runLoopbackProcess(startLoopbackOllama)
