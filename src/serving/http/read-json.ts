import type { IncomingMessage } from 'node:http'
import { bodyRefusal, expectContentType, readText } from './read-text.ts'

/**
 * Reads the body of a request.
 * @throws GatewayError when it is no JSON, says that it is something else, or is longer than `mostBytes`
 */
export async function readJson(request: IncomingMessage, mostBytes: number): Promise<unknown> {
  // Pages of a browser cannot send this type to another origin without asking first, and are never told yes.
  expectContentType(request, 'application/json')
  const text = await readText(request, mostBytes)
  try {
    return JSON.parse(text)
  } catch (error) {
    throw bodyRefusal(400, 'invalid_json', `Expected a body of JSON, and it is none: ${(error as Error).message}.`)
  }
}
