import type { ServerResponse } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
import type { StreamedBody } from './loopback-server.ts'

/** What can go wrong when a part of an answer is out. */
export const streamFaults = [
  'reset-mid-stream',
  'hang-mid-stream',
  'end-mid-stream',
  'cut-event',
  'error-mid-stream',
] as const
export type StreamFault = (typeof streamFaults)[number]

export function isStreamFault(fault: string | undefined): fault is StreamFault {
  return streamFaults.some((name) => name === fault)
}

/** Writes a body piece by piece; a fault comes after half of it. */
export async function sendStream(
  response: ServerResponse,
  { contentType, parts, failure }: StreamedBody,
  fault: StreamFault | undefined,
  pieceDelayMs: number,
): Promise<void> {
  response.writeHead(200, { 'content-type': contentType })
  const sent = fault === undefined ? parts : parts.slice(0, Math.ceil(parts.length / 2))
  for (const part of sent) {
    if (pieceDelayMs > 0) await delay(pieceDelayMs)
    if (response.destroyed) return
    response.write(part)
  }
  if (fault === undefined || fault === 'end-mid-stream') response.end()
  if (fault === 'cut-event') response.end(parts[sent.length]?.slice(0, 12))
  if (fault === 'error-mid-stream') response.end(failure)
  if (fault === 'reset-mid-stream') response.write(' ', () => setImmediate(() => response.socket?.resetAndDestroy()))
}

/** As a model says it: in pieces of a few characters, never empty. */
export function piecesOfText(text: string): string[] {
  return text.match(/[\s\S]{1,4}/gu) ?? []
}

export function serverSentEvent(data: string, lineEnd = '\n'): string {
  return `data: ${data}${lineEnd}${lineEnd}`
}
