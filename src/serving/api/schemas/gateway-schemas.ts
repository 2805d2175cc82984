import * as z from 'zod'
import { count } from './quantities.ts'

const created = z.int().describe('Unix seconds.')
const completionId = z.string().meta({ description: 'Of the answer.', examples: ['chatcmpl-1'] })
const answering = z.string().meta({ description: 'The model that answered.', examples: ['qwen3-4b'] })
const finishReason = z.enum(['stop', 'length', 'tool_calls', 'content_filter'])

export const servedModelSchema = z
  .object({
    id: z.string().meta({ description: 'A tier, or the name of a model.', examples: ['tier-1', 'qwen3-4b'] }),
    object: z.literal('model'),
    created,
    owned_by: z.string().describe('incumbent for a tier, else the provider.'),
  })
  .meta({ id: 'ServedModel', title: 'Tier or model', description: 'What `model` of a request may be.' })

export const servedModelsSchema = z.object({ object: z.literal('list'), data: z.array(servedModelSchema) })

const usage = z
  .object({
    prompt_tokens: count,
    completion_tokens: count,
    total_tokens: count,
    prompt_tokens_details: z.object({ cached_tokens: count }).optional(),
    completion_tokens_details: z.object({ reasoning_tokens: count }).optional(),
  })
  .meta({ id: 'Usage', title: 'Usage', description: 'Tokens; absent is what the provider does not say.' })

/** Where Google's own endpoint for OpenAI clients puts it. */
const signature = z
  .object({ google: z.object({ thought_signature: z.string() }) })
  .optional()
  .describe('To be sent back with the call.')

const toolCall = z.object({
  id: z.string(),
  type: z.literal('function'),
  function: z.object({ name: z.string(), arguments: z.string().describe('JSON.') }),
  extra_content: signature,
})

export const completionSchema = z
  .object({
    id: completionId,
    object: z.literal('chat.completion'),
    created,
    model: answering,
    choices: z.array(
      z.object({
        index: count,
        message: z.object({
          role: z.literal('assistant'),
          content: z.string().nullable().describe('Null: it called tools, or refused.'),
          refusal: z.string().nullable().describe('Null: it did not refuse.'),
          tool_calls: z.array(toolCall).optional(),
        }),
        logprobs: z.null(),
        finish_reason: finishReason,
      }),
    ),
    usage: usage.optional(),
    system_fingerprint: z.string().optional().describe('The version of the model. Absent: unknown.'),
  })
  .meta({ id: 'ChatCompletion', title: 'Answer', description: 'An answer that comes as a whole.' })

const toolCallPiece = z.object({
  index: count,
  id: z.string().optional(),
  type: z.literal('function').optional(),
  function: z.object({ name: z.string().optional(), arguments: z.string() }),
  extra_content: signature,
})

export const completionChunkSchema = z
  .object({
    id: completionId,
    object: z.literal('chat.completion.chunk'),
    created,
    model: answering,
    choices: z.array(
      z.object({
        index: count,
        delta: z.object({
          role: z.literal('assistant').optional(),
          content: z.string().optional(),
          refusal: z.string().nullable().optional(),
          tool_calls: z.array(toolCallPiece).optional(),
        }),
        logprobs: z.null(),
        finish_reason: finishReason.nullable().describe('Null: more comes.'),
      }),
    ),
    usage: usage
      .nullish()
      .describe('Only where `stream_options.include_usage` was asked for. Null: not yet, or unknown.'),
  })
  .meta({ id: 'ChatCompletionChunk', title: 'Piece of an answer', description: 'Data of an event; `[DONE]` ends it.' })

export const healthSchema = z.object({ status: z.literal('alive') })
export const readinessSchema = z
  .object({
    status: z.enum(['ready', 'not ready']),
    missing: z.array(z.string()).describe('What is missing, in sentences; empty: nothing.'),
  })
  .meta({ id: 'Readiness', title: 'Readiness', description: 'Whether the service can do its work.' })
