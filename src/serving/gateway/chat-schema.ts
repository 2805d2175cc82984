import * as z from 'zod'
import { isJsonObject, type JsonObject } from '../../shared/json.ts'
import { shownValue } from '../../shared/schema-problems.ts'

/** Parameters that change nothing that a provider is asked: who is billed, what is stored or cached, how fast. */
const withoutEffect = [
  'store',
  'service_tier',
  'prediction',
  'prompt_cache_key',
  'prompt_cache_options',
  'prompt_cache_retention',
]

/** What only some models can do, or would change the answer: dropping it in silence would be worse than to refuse it. */
const refusals = {
  n: refusedUnless(
    (n) => n === 1,
    '1 or nothing, as each request gets one answer (send the request again for another)',
  ),
  logprobs: refusedUnless((on) => on === false, 'false or nothing, as log probabilities are not passed on'),
  top_logprobs: refusedUnless((most) => most === 0, 'nothing, as log probabilities are not passed on'),
  modalities: refusedUnless((kinds) => JSON.stringify(kinds) === '["text"]', '["text"] or nothing'),
  audio: refusedUnless(() => false, 'nothing, as answers are text'),
  functions: refusedUnless(() => false, 'nothing: use tools'),
  function_call: refusedUnless(() => false, 'nothing: use tool_choice'),
  logit_bias: refusedUnless((bias) => JSON.stringify(bias) === '{}', 'nothing, as not every model knows tokens alike'),
  reasoning_effort: refusedUnless((effort) => effort === 'none', 'none or nothing, as models answer without thinking'),
  verbosity: refusedUnless((word) => word === 'medium', 'medium or nothing'),
  web_search_options: refusedUnless(() => false, 'nothing, as no model searches the web here'),
  moderation: refusedUnless(() => false, 'nothing, as nothing is moderated here'),
}

const saying = (expected: string, key?: string) => ({
  error: ({ input }: { input: unknown }) => {
    const got = key !== undefined && isJsonObject(input) ? input[key] : input
    return `expected ${expected}, got ${shownValue(got)}`
  },
})

const textPart = z.object({ type: z.literal('text'), text: z.string() })
const refusalPart = z.object({ type: z.literal('refusal'), refusal: z.string() })
const onlyText = saying('text (images, audio and files are not passed on)', 'type')
const part = z.discriminatedUnion('type', [textPart], onlyText)
const partOfAssistant = z.discriminatedUnion('type', [textPart, refusalPart], onlyText)
const content = z.union([z.string(), z.array(part).min(1)])

const toolCall = z.object({
  id: z.string().min(1),
  type: z.literal('function'),
  function: z.object({ name: z.string().min(1), arguments: z.string() }),
  extra_content: z.object({ google: z.object({ thought_signature: z.string() }).optional() }).nullish(),
})

const message = z.discriminatedUnion(
  'role',
  [
    z.object({ role: z.enum(['system', 'developer']), content }),
    z.object({ role: z.literal('user'), content }),
    z.object({
      role: z.literal('assistant'),
      content: z.union([z.string(), z.array(partOfAssistant)]).nullish(),
      refusal: z.string().nullish(),
      tool_calls: z.array(toolCall).nullish(),
    }),
    z.object({ role: z.literal('tool'), content, tool_call_id: z.string().min(1) }),
  ],
  saying('one of system, developer, user, assistant, tool', 'role'),
)

const jsonSchema = z
  .custom<JsonObject>(isJsonObject, { params: { expected: 'a JSON schema' } })
  .meta({ type: 'object', description: 'A JSON Schema.' })

const toolName = z.string().regex(/^[\w-]{1,64}$/, { error: 'expected at most 64 letters, digits, _ and -' })

const tool = z.object({
  type: z.literal('function'),
  function: z.object({
    name: toolName,
    description: z.string().nullish(),
    parameters: jsonSchema.nullish(),
    strict: z.boolean().nullish(),
  }),
})

const toolChoice = z.union([
  z.enum(['none', 'auto', 'required']),
  z.object({ type: z.literal('function'), function: z.object({ name: z.string().min(1) }) }),
])

const responseFormat = z.discriminatedUnion(
  'type',
  [
    z.object({ type: z.literal('text') }),
    z.object({ type: z.literal('json_object') }),
    z.object({
      type: z.literal('json_schema'),
      json_schema: z.object({ name: toolName, schema: jsonSchema, strict: z.boolean().nullish() }),
    }),
  ],
  saying('one of text, json_object, json_schema', 'type'),
)

const tokens = z.int().min(1).nullish()
const penalty = z.number().min(-2).max(2).nullish()

/** The body of a request for a chat completion, as far as it is understood here. */
export const chatSchema = z.object({
  model: z
    .string()
    .min(1)
    .meta({ description: 'A tier, or the name of a model.', examples: ['tier-1'] }),
  messages: z.array(message).min(1),
  temperature: z.number().min(0).max(2).nullish(),
  top_p: z.number().min(0).max(1).nullish(),
  max_tokens: tokens,
  max_completion_tokens: tokens,
  seed: z.int().nullish(),
  stop: z.union([z.string(), z.array(z.string()).max(4)]).nullish(),
  presence_penalty: penalty,
  frequency_penalty: penalty,
  response_format: responseFormat.nullish(),
  tools: z.array(tool).nullish(),
  tool_choice: toolChoice.nullish(),
  parallel_tool_calls: z.boolean().nullish(),
  stream: z.boolean().nullish().describe('Whether the answer comes piece by piece, as server-sent events.'),
  stream_options: z.object({ include_usage: z.boolean().nullish() }).nullish(),
  user: z
    .string()
    .nullish()
    .describe('While a challenger gets a share of the requests, the same user stays with one model.'),
  safety_identifier: z.string().nullish(),
  metadata: z.record(z.string(), z.string()).nullish(),
  ...refusals,
})

export type ChatBody = z.output<typeof chatSchema>

export const knownParameters: readonly string[] = [...Object.keys(chatSchema.shape), ...withoutEffect]

function refusedUnless(isAllowed: (value: unknown) => boolean, expected: string) {
  const schema = z.unknown().refine(isAllowed, { params: { expected } })
  return schema.nullish().describe(`Only ${expected}.`)
}
