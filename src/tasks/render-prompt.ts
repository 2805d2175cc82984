import type { Sample } from '../datasets/dataset.ts'
import { isJsonObject, type JsonObject, type JsonValue } from '../shared/json.ts'
import { placeholderPattern } from './prompt-file.ts'
import type { Message, Task } from './task.ts'

/**
 * The messages that ask a task about a sample. A sample carries no target, so none can get into them. Values of the input
 * are inserted as they are and never searched for placeholders: text and numbers plainly, lists and objects as JSON, and
 * nothing for a key that this sample does not have.
 */
export function renderPrompt(task: Task, sample: Sample): Message[] {
  const { system, user } = task.prompt
  return [
    { role: 'system', content: filled(system, task.answerSchema, sample.input) },
    { role: 'user', content: filled(user, task.answerSchema, sample.input) },
  ]
}

function filled(template: string, schema: JsonObject, input: JsonObject): string {
  return template.replace(placeholderPattern, (_all, name: string) =>
    name === 'schema' ? JSON.stringify(schema) : asText(Object.hasOwn(input, name) ? input[name] : undefined),
  )
}

function asText(value: JsonValue | undefined): string {
  if (value === undefined || value === null) return ''
  return Array.isArray(value) || isJsonObject(value) ? JSON.stringify(value, undefined, 2) : String(value)
}
