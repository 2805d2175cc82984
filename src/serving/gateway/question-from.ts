import type { Tool, ToolChoice } from '../../providers/chat-settings.ts'
import type { GenerateRequest } from '../../providers/provider.ts'
import type { Question } from './answerer.ts'
import type { ChatBody } from './chat-schema.ts'

type Message = GenerateRequest['messages'][number]
type Turn = ChatBody['messages'][number]

/** What a provider is asked, whichever model it will be. */
export function questionFrom(body: ChatBody): Question {
  const { response_format: format, stop } = body
  const schema = format?.type === 'json_schema' ? format.json_schema : undefined
  return {
    messages: body.messages.map(messageFrom),
    answerSchema: schema?.schema,
    schemaName: schema?.name,
    strict: schema?.strict ?? undefined,
    responseFormat: format?.type === 'json_object' ? 'json_object' : undefined,
    maxOutputTokens: body.max_completion_tokens ?? body.max_tokens ?? undefined,
    temperature: body.temperature ?? undefined,
    seed: body.seed ?? undefined,
    topP: body.top_p ?? undefined,
    stop: typeof stop === 'string' ? [stop] : (stop ?? undefined),
    presencePenalty: body.presence_penalty ?? undefined,
    frequencyPenalty: body.frequency_penalty ?? undefined,
    tools: body.tools?.length ? body.tools.map(toolFrom) : undefined,
    toolChoice: choiceFrom(body.tool_choice),
    parallelToolCalls: body.parallel_tool_calls ?? undefined,
  }
}

function messageFrom(turn: Turn): Message {
  switch (turn.role) {
    case 'system':
    case 'developer':
      return { role: 'system', content: textOf(turn.content) }
    case 'user':
      return { role: 'user', content: textOf(turn.content) }
    case 'tool':
      return { role: 'tool', content: textOf(turn.content), toolCallId: turn.tool_call_id }
    case 'assistant':
      return assistantFrom(turn)
  }
}

function assistantFrom({ content, refusal, tool_calls: calls }: Extract<Turn, { role: 'assistant' }>): Message {
  const toolCalls = calls?.map(({ id, function: { name, arguments: text }, extra_content: extra }) => ({
    id,
    name,
    arguments: text,
    signature: extra?.google?.thought_signature,
  }))
  return { role: 'assistant', content: textOf(content ?? refusal ?? ''), ...(toolCalls?.length ? { toolCalls } : {}) }
}

function textOf(content: NonNullable<Turn['content']>): string {
  if (typeof content === 'string') return content
  return content.map((part) => (part.type === 'text' ? part.text : part.refusal)).join('\n')
}

function toolFrom({
  function: { name, description, parameters, strict },
}: NonNullable<ChatBody['tools']>[number]): Tool {
  return {
    name,
    description: description ?? undefined,
    parameters: parameters ?? undefined,
    ...(strict == null ? {} : { strict }),
  }
}

function choiceFrom(choice: ChatBody['tool_choice']): ToolChoice | undefined {
  if (choice === undefined || choice === null) return undefined
  return typeof choice === 'string' ? choice : { name: choice.function.name }
}
