import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** Answers every chat request at once, with as little work as possible: what is measured is what stands in between. */
const completion = JSON.stringify({
  id: 'chatcmpl-zero',
  object: 'chat.completion',
  created: 1_763_000_000,
  model: 'zero',
  choices: [{ index: 0, message: { role: 'assistant', content: 'hello', refusal: null }, finish_reason: 'stop' }],
  usage: { prompt_tokens: 9, completion_tokens: 1, total_tokens: 10 },
})
const models = JSON.stringify({ object: 'list', data: ['first', 'second'].map((id) => ({ id, object: 'model' })) })
const head = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(completion) }

const server = createServer((request, response) => {
  request.resume().on('end', () => {
    if (request.method === 'POST') response.writeHead(200, head).end(completion)
    else response.writeHead(200, { 'content-type': 'application/json' }).end(models)
  })
})
server.keepAliveTimeout = 60_000
server.listen(0, '127.0.0.1', () => {
  process.stdout.write(`http://127.0.0.1:${(server.address() as AddressInfo).port}/v1\n`)
})
process.stdin.on('end', () => process.exit()).resume()
