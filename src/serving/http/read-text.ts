import type { IncomingMessage } from 'node:http'
import { GatewayError } from '../gateway/gateway-error.ts'

/** The body of a request. @throws GatewayError 413 when it is longer than `mostBytes` */
export function readText(request: IncomingMessage, mostBytes: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let bytes = 0
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length
      if (bytes <= mostBytes) return void chunks.push(chunk)
      chunks.length = 0
      reject(bodyRefusal(413, 'body_too_long', `Expected a body of at most ${mostBytes} bytes, got more.`))
    })
    request.on('end', () => resolve(Buffer.concat(chunks).toString('utf8')))
    request.on('error', reject)
  })
}

/** Says what the content type of a request has to be. @throws GatewayError 415 when it says another */
export function expectContentType({ headers }: IncomingMessage, expected: string): void {
  const type = headers['content-type'] ?? ''
  if (type.toLowerCase().split(';')[0]?.trim() === expected) return
  const got = type === '' ? 'none' : type
  throw bodyRefusal(415, 'wrong_content_type', `Expected the content type ${expected}, got ${got}.`)
}

export function bodyRefusal(status: 400 | 413 | 415, code: string, message: string): GatewayError {
  return new GatewayError({ status, message, code, type: 'invalid_request_error' })
}
