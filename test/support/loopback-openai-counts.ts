import type { JsonObject } from '../../src/shared/json.ts'
import { listIn, textIn } from './loopback-answers.ts'
import type { Reply } from './loopback-server.ts'

/**
 * A word is a token, and a message has four more. Models named `llama.cpp/…` are counted as llama.cpp does, which counts
 * only texts; of those named `plain/…` nobody counts.
 */
export function countedBy(path: string, body: JsonObject): Reply | undefined {
  const model = textIn(body.model)
  const contents = listIn(body.messages).map(({ content }) => textIn(content))
  if (path === '/tokenize' && body.content !== undefined) {
    return { status: 200, body: { tokens: wordsIn(textIn(body.content)).map((_word, index) => index) } }
  }
  if (model.startsWith('llama.cpp/')) {
    if (path === '/apply-template')
      return { status: 200, body: { prompt: contents.map((each) => `< a > ${each} <`).join(' ') } }
    return path === '/tokenize' ? { status: 200, body: { tokens: [] } } : undefined
  }
  if (path !== '/tokenize' || model.startsWith('plain/')) return undefined
  const count = contents.reduce((sum, each) => sum + wordsIn(each).length + 4, 0)
  return { status: 200, body: { count, max_model_len: 8192, tokens: [], token_strs: null } }
}

function wordsIn(text: string): string[] {
  return text.split(/\s+/).filter((word) => word !== '')
}
