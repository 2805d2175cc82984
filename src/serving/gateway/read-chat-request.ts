import { isJsonObject } from '../../shared/json.ts'
import { nearestWord } from '../../shared/nearest-word.ts'
import { checkAgainst, type Problem, pathText } from '../../shared/schema-problems.ts'
import { type ChatBody, chatSchema, knownParameters } from './chat-schema.ts'
import { GatewayError } from './gateway-error.ts'

const known = new Set(knownParameters)

/**
 * Checks the body of a request for a chat completion.
 * @throws GatewayError that names the parameter, what was expected and what came
 */
export function readChatRequest(body: unknown): ChatBody {
  if (isJsonObject(body)) for (const key in body) if (!known.has(key)) throw unknownParameter(key)
  const checked = checkAgainst(chatSchema, body)
  if (checked.status === 'valid') return checked.value
  throw wrongValue(checked.problems)
}

/** As the official API: what is not understood is not dropped in silence. */
function unknownParameter(name: string): GatewayError {
  const meant = nearestWord(name, knownParameters)
  const hint = meant === undefined ? '' : ` Did you mean ${meant}?`
  return new GatewayError({
    status: 400,
    message: `Unknown parameter: '${name}'.${hint}`,
    type: 'invalid_request_error',
    param: name,
    code: 'unknown_parameter',
  })
}

function wrongValue(problems: readonly Problem[]): GatewayError {
  const [first] = problems
  const message = problems.slice(0, 5).map((problem) => `${pathText(problem.path)}: ${problem.message}`)
  return new GatewayError({
    status: 400,
    message: message.join('\n'),
    type: 'invalid_request_error',
    code: 'invalid_value',
    ...(first === undefined || first.path.length === 0 ? {} : { param: pathText(first.path) }),
  })
}
