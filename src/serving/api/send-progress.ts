import { setTimeout } from 'node:timers/promises'
import type * as z from 'zod'
import { failedSoFarWords, progressWords } from '../../reporting/progress-words.ts'
import { loadProgress, type Progress } from '../../workflows/pages/progress.ts'
import { theEvaluation } from '../../workflows/recommend-again.ts'
import type { Workspace } from '../../workflows/workspace.ts'
import type { Exchange } from '../http/exchange.ts'
import type { progressEventSchema } from './schemas/progress-schema.ts'

const everyMs = 1_000
/** Below the time limit of a request; a browser then connects again by itself. */
const longestMs = 10 * 60_000

/**
 * Tells once a second how far an evaluation is, until it ends, the service stops, or nobody listens.
 * @throws UserError when there is no such evaluation
 */
export async function sendProgress(workspace: Workspace, exchange: Exchange, idStart: string): Promise<void> {
  const { id } = await theEvaluation(workspace, idStart)
  const { response } = exchange
  response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-cache' })
  const until = AbortSignal.any([exchange.signal, exchange.stopping, AbortSignal.timeout(longestMs)])
  let last = ''
  while (!until.aborted) {
    const progress = await loadProgress(workspace, id)
    const data = JSON.stringify(progress && told(progress))
    // A comment keeps the connection, and finds out when the listener has gone.
    response.write(data === last ? ':\n\n' : `event: progress\ndata: ${data}\n\n`)
    last = data
    if (progress?.status !== 'running') {
      response.end('event: ended\ndata: {}\n\n')
      return
    }
    await setTimeout(everyMs, undefined, { signal: until }).catch(() => undefined)
  }
  response.end()
}

function told(progress: Progress): z.output<typeof progressEventSchema> {
  return { ...progress, words: { count: progressWords(progress), failures: failedSoFarWords(progress) } }
}
