import { isJsonObject, type JsonObject, type JsonValue } from '../../src/shared/json.ts'
import { listIn, numberIn, objectIn, textIn, tokensOf } from './loopback-answers.ts'
import { runLoopbackProcess } from './loopback-process.ts'
import {
  type Asked,
  type Loopback,
  type LoopbackOptions,
  type Protocol,
  type Reply,
  type StreamedBody,
  startLoopback,
} from './loopback-server.ts'
import { piecesOfText, serverSentEvent } from './loopback-stream.ts'

export const geminiFaults = [
  ...(['429-retry-info', '429-per-day', '429-bare', '500', '503', 'bad-key', 'expired-key', 'forbidden'] as const),
  ...([
    'no-such-country',
    'unknown-model',
    'bad-request',
    'refuses-thinking-settings',
    'refuses-penalties',
    'echoes-key',
  ] as const),
  ...([
    'safety',
    'blocked-prompt',
    'thinking',
    'empty',
    'empty-at-limit',
    'cut-at-limit',
    'nothing',
    'no-usage',
  ] as const),
] as const
export type GeminiFault = (typeof geminiFaults)[number]

export function startLoopbackGemini(options: LoopbackOptions<GeminiFault> = {}): Promise<Loopback<GeminiFault>> {
  return startLoopback(geminiProtocol, options)
}

const models = ['gemini-2.0-flash-001', 'gemini-2.0-flash-lite-001', 'gemini-2.5-flash', 'gemini-2.5-pro']

const geminiProtocol: Protocol<GeminiFault> = {
  faults: geminiFaults,
  basePath: '',
  keyOf: ({ headers }) => textIn(headers['x-goog-api-key'] as string),
  readQuestion({ method, path, body }) {
    const model = /^\/v1beta\/models\/([^/:]+):(?:generateContent|streamGenerateContent\?alt=sse)$/.exec(path)?.[1]
    if (method !== 'POST' || model === undefined || !isJsonObject(body)) return undefined
    const config = objectIn(body.generationConfig)
    const contents = [objectIn(body.systemInstruction), ...listIn(body.contents)]
    return {
      model,
      prompt: contents.flatMap(({ parts }) => listIn(parts).map(({ text }) => textIn(text))).join('\n'),
      schema: isJsonObject(config.responseSchema) ? config.responseSchema : undefined,
      maxOutputTokens: numberIn(config.maxOutputTokens),
      body: path.endsWith('alt=sse') ? { ...body, stream: true } : body,
    }
  },
  reply: (asked, text, fault) => failure(asked, fault) ?? { status: 200, body: answer(asked, text, fault) },
  stream: ({ body }, reply) => (body.stream === true ? streamed(reply) : undefined),
  wrongKey: () => error(400, 'INVALID_ARGUMENT', 'API key not valid. Please pass a valid API key.', [keyInvalid]),
  replyToOther({ path, body }) {
    if (path.endsWith(':countTokens')) return { status: 200, body: { totalTokens: countIn(objectIn(body)) } }
    if (!path.startsWith('/v1beta/models?')) {
      return {
        status: 404,
        headers: { 'content-type': 'text/html' },
        body: '<!DOCTYPE html><title>Error 404 (Not Found)!!1</title>',
      }
    }
    const isSecondPage = path.includes('pageToken=second')
    return { status: 200, body: isSecondPage ? { models: [listed(models[3] ?? '')] } : firstPage }
  },
}

/** A word is a token. */
function countIn({ generateContentRequest }: JsonObject): number {
  const { contents, systemInstruction } = objectIn(generateContentRequest)
  const parts = [objectIn(systemInstruction), ...listIn(contents)].flatMap((content) => listIn(content.parts))
  return parts.flatMap(({ text }) => textIn(text).split(/\s+/)).filter((word) => word !== '').length
}

function listed(id: string, method = 'generateContent'): JsonObject {
  const displayName = id.replaceAll('-', ' ')
  const limits = { inputTokenLimit: 1_048_576, outputTokenLimit: 8192 }
  return {
    name: `models/${id}`,
    version: '001',
    displayName,
    ...limits,
    supportedGenerationMethods: [method, 'countTokens'],
  }
}

const firstPage: JsonObject = {
  models: [
    ...models.slice(0, 3).map((id) => listed(id)),
    listed('text-embedding-004', 'embedContent'),
    listed('gemini-2.5-flash-image'),
  ],
  nextPageToken: 'second',
}

const keyInvalid = {
  '@type': 'type.googleapis.com/google.rpc.ErrorInfo',
  reason: 'API_KEY_INVALID',
  domain: 'googleapis.com',
  metadata: { service: 'generativelanguage.googleapis.com' },
}

function error(code: number, status: string, message: string, details?: JsonValue[]): Reply {
  return { status: code, body: { error: { code, message, status, ...(details === undefined ? {} : { details }) } } }
}

function quotaError(quotaId: string, retryDelay: string): Reply {
  const quotaMetric = 'generativelanguage.googleapis.com/generate_content_free_tier_requests'
  const violation = {
    quotaMetric,
    quotaId,
    quotaDimensions: { location: 'global', model: 'gemini-2.0-flash' },
    quotaValue: '15',
  }
  return error(
    429,
    'RESOURCE_EXHAUSTED',
    'You exceeded your current quota, please check your plan and billing details.',
    [
      { '@type': 'type.googleapis.com/google.rpc.QuotaFailure', violations: [violation] },
      {
        '@type': 'type.googleapis.com/google.rpc.Help',
        links: [{ description: 'Learn more', url: 'https://ai.google.dev/gemini-api/docs/rate-limits' }],
      },
      { '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay },
    ],
  )
}

function failure({ model, body }: Asked, fault: GeminiFault | undefined): Reply | undefined {
  switch (fault) {
    case '429-retry-info':
      return quotaError('GenerateRequestsPerMinutePerProjectPerModel-FreeTier', '7.5s')
    case '429-per-day':
      return quotaError('GenerateRequestsPerDayPerProjectPerModel-FreeTier', '36s')
    case '429-bare':
      return error(429, 'RESOURCE_EXHAUSTED', 'Resource has been exhausted (e.g. check quota).')
    case '500':
      return error(500, 'INTERNAL', 'An internal error has occurred. Please retry or report.')
    case '503':
      return error(503, 'UNAVAILABLE', 'The model is overloaded. Please try again later.')
    case 'bad-key':
      return geminiProtocol.wrongKey()
    case 'expired-key':
      return error(400, 'INVALID_ARGUMENT', 'API key expired. Please renew the API key.', [keyInvalid])
    case 'forbidden':
      return error(403, 'PERMISSION_DENIED', `Permission denied on model ${model}.`)
    case 'no-such-country':
      return error(400, 'FAILED_PRECONDITION', 'User location is not supported for the API use.')
    case 'unknown-model':
      return error(
        404,
        'NOT_FOUND',
        `models/${model} is not found for API version v1beta, or is not supported for generateContent.`,
      )
    case 'bad-request':
      return error(
        400,
        'INVALID_ARGUMENT',
        'The specified schema produces a constraint that has too many states for serving.',
      )
    case 'refuses-thinking-settings':
      return 'thinkingConfig' in objectIn(body.generationConfig)
        ? error(400, 'INVALID_ARGUMENT', 'Thinking is not enabled for this model.')
        : undefined
    case 'refuses-penalties':
      return 'presencePenalty' in objectIn(body.generationConfig)
        ? error(400, 'INVALID_ARGUMENT', `Penalty is not enabled for models/${model}`)
        : undefined
    case 'echoes-key':
      return error(
        403,
        'PERMISSION_DENIED',
        'Denied: x-goog-api-key: loopback-secret-key, url ?key=loopback-secret-key, AIzaSyLoopbackLoopback.',
      )
    default:
      return undefined
  }
}

function answer(
  { model, prompt, maxOutputTokens, calls }: Asked,
  text: string,
  fault: GeminiFault | undefined,
): JsonObject {
  const promptTokenCount = tokensOf(prompt)
  const version = { modelVersion: model, responseId: 'loopback' }
  if (fault === 'nothing') return version
  if (fault === 'blocked-prompt') {
    const safetyRatings = [{ category: 'HARM_CATEGORY_DANGEROUS_CONTENT', probability: 'HIGH' }]
    return {
      promptFeedback: { blockReason: 'SAFETY', safetyRatings },
      usageMetadata: { promptTokenCount, totalTokenCount: promptTokenCount },
      ...version,
    }
  }
  const { parts, finishReason, said, thought } = candidate(text, maxOutputTokens ?? 0, fault)
  const called = calls?.map(({ name, arguments: args }, index) => ({
    functionCall: { name, args },
    ...(index === 0 ? { thoughtSignature: 'c2lnbmF0dXJl' } : {}),
  }))
  const content = parts === undefined ? { role: 'model' } : { parts: called ?? parts, role: 'model' }
  const counts = {
    promptTokenCount,
    ...(said === 0 ? {} : { candidatesTokenCount: said }),
    totalTokenCount: promptTokenCount + said + thought,
    promptTokensDetails: [{ modality: 'TEXT', tokenCount: promptTokenCount }],
    ...(thought === 0 ? {} : { thoughtsTokenCount: thought }),
  }
  const candidates = [{ content, finishReason, avgLogprobs: -0.03 }]
  return { candidates, ...(fault === 'no-usage' ? {} : { usageMetadata: counts }), ...version }
}

/** The same answer as its chunks: each has the counts so far, and the last has the reason of the end. */
function streamed(answered: JsonObject): StreamedBody {
  const { candidates, usageMetadata, ...rest } = answered
  const candidate = listIn(candidates)[0]
  const content = objectIn(candidate?.content)
  const parts = listIn(content.parts).flatMap((part) =>
    typeof part.text === 'string' ? piecesOfText(part.text).map((text) => ({ ...part, text })) : [part],
  )
  const counts = usageMetadata === undefined ? {} : { usageMetadata }
  const chunk = (said: JsonObject): JsonObject => ({ candidates: [said], ...counts, ...rest })
  const last = candidate === undefined ? answered : chunk({ ...candidate, content: { role: 'model' } })
  const chunks = [...parts.map((part) => chunk({ content: { ...content, parts: [part] }, index: 0 })), last]
  return {
    contentType: 'text/event-stream',
    parts: chunks.map((each) => serverSentEvent(JSON.stringify(each), '\r\n')),
    failure: JSON.stringify(
      { error: { code: 503, message: 'The model is overloaded.', status: 'UNAVAILABLE' } },
      undefined,
      2,
    ),
  }
}

function candidate(text: string, limit: number, fault: GeminiFault | undefined) {
  const usual = { parts: [{ text }], finishReason: 'STOP', said: tokensOf(text), thought: 0 }
  const cut = text.slice(0, text.length / 2)
  switch (fault) {
    case 'safety':
      return { ...usual, parts: undefined, finishReason: 'SAFETY', said: 0 }
    case 'thinking':
      return { ...usual, parts: [{ text: 'The posting says {"so": 1}.', thought: true }, { text }], thought: 57 }
    case 'empty':
      return { ...usual, parts: [{ text: '' }], said: 0 }
    case 'empty-at-limit':
      return { ...usual, parts: undefined, finishReason: 'MAX_TOKENS', said: 0, thought: limit }
    case 'cut-at-limit':
      return { ...usual, parts: [{ text: cut }], finishReason: 'MAX_TOKENS', said: limit }
    default:
      return usual
  }
}

if (import.meta.main) await runLoopbackProcess(startLoopbackGemini)
