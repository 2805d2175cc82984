import type { Message } from '../../tasks/task.ts'
import type { Tool } from '../chat-settings.ts'

/** The prompt of a request to one model. */
export interface Prompt {
  modelId: string
  messages: readonly Message[]
  tools?: readonly Tool[] | undefined
  signal: AbortSignal
}
