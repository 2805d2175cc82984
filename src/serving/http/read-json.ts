import type { IncomingMessage } from 'node:http'
import { GatewayError } from '../gateway/gateway-error.ts'

/**
 * Reads the body of a request.
 * @throws GatewayError when it is no JSON, says that it is something else, or is longer than `mostBytes`
 */
export async function readJson(request: IncomingMessage, mostBytes: number): Promise<unknown> {
  const type = request.headers['content-type'] ?? ''
  // Pages of a browser cannot send this type to another origin without asking first, and are never told yes.
  if (!/^application\/json\b/i.test(type)) {
    throw refusal(
      415,
      'wrong_content_type',
      `Expected the content type application/json, got ${type === '' ? 'none' : type}.`,
    )
  }
  const text = await readText(request, mostBytes)
  try {
    return JSON.parse(text)
  } catch (error) {
    throw refusal(400, 'invalid_json', `Expected a body of JSON, and it is none: ${(error as Error).message}.`)
  }
}

function readText(request: IncomingMessage, mostBytes: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let bytes = 0
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length
      if (bytes <= mostBytes) return void chunks.push(chunk)
      chunks.length = 0
      reject(refusal(413, 'body_too_long', `Expected a body of at most ${mostBytes} bytes, got more.`))
    })
    request.on('end', () => resolve(Buffer.concat(chunks).toString('utf8')))
    request.on('error', reject)
  })
}

function refusal(status: number, code: string, message: string): GatewayError {
  return new GatewayError({ status, message, code, type: 'invalid_request_error' })
}
